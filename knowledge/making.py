"""Typed entries out of raw mappings: one function a kind of entry (CONTRACTS §5).

Pure: no file is opened here. What an entry cannot do without (its id) drops it with a report;
everything else is reported and the entry kept.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from knowledge.entries import (
    Asset,
    Capability,
    Document,
    Entry,
    Goal,
    Pattern,
    Policy,
    Requirement,
    Reuse,
    Scope,
    Source,
)
from knowledge.fields import Fields, Report
from knowledge.patterns import lazy
from knowledge.vocabulary import (
    BEHAVIOURS,
    FACT_ALIASES,
    LIFE_STAGES,
    SEVERITIES,
    LifeStage,
)

RESERVED = frozenset({"proposal"})
ENFORCE = ("block", "ask", "advise")
STAGE_ALIASES = FACT_ALIASES["stage"]
DRAFT = "draft"
"""The status of an entry that counts for nothing until a person accepts it."""
DOCUMENT = ("file", "sha256", "page", "section", "quote", "written")
_HEADING = lazy(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_ID = lazy(r"[^\s]{1,120}")
_NO_SCOPE = Scope.model_construct()
_NO_REUSE = Reuse.model_construct()
"""Frozen, and shared by the many entries that say nothing of it."""


@cache
def fields_set(kind: type[BaseModel]) -> set[str]:
    """The names of all fields, one set for all entries of a kind: a set of its own would take more
    memory than all else of a short entry."""
    return set(kind.model_fields)


class Record(NamedTuple):
    """One entry as it stands in a file, before its fields are read."""

    values: Mapping[str, Any]
    source: Source
    line: Callable[[str], int]
    """Physical line of a dotted field name; for an unknown name the entry's own."""
    body: str = ""
    separator: str | None = None
    """What splits a list inside one cell (CSV)."""
    spans: Mapping[str, tuple[int, int]] | None = None
    """Physical lines of nested items (`requirements.0`); None: all on the source's line."""
    stem: str = ""
    """File name without its ending: the policy of a requirement that names none."""

    def fields(self, report: Report) -> Fields:
        """The fields, to be asked one by one."""
        return Fields(self.values, self.line, report, separator=self.separator)


def make(folder: str, record: Record, report: Report) -> list[Entry]:
    """The entries of one record of `folder` (`capabilities`, `policies`, …); [] without an id."""
    return _MAKERS[folder](record, report)


def _capability(record: Record, report: Report) -> list[Entry]:
    fields = record.fields(report)
    base = _base(record, fields, staged=True)
    scope = fields.lists("scope", ("covers", "excludes"))
    reuse = fields.mapping("reuse", ("how", "contact"))
    made = Capability.model_construct(
        fields_set(Capability),
        **base,
        team=fields.text("team"),
        status=_stage(fields, base),
        automation=fields.text("automation"),
        audience=fields.texts("audience"),
        affected=fields.texts("affected"),
        data=fields.texts("data"),
        domain=fields.texts("domain"),
        systems=fields.texts("systems"),
        behaviours=fields.mapping("behaviours", BEHAVIOURS),
        scope=Scope(**scope) if scope else _NO_SCOPE,
        reuse=Reuse(**reuse) if reuse else _NO_REUSE,
        initiative=fields.text("initiative"),
    )
    fields.rest("capability")
    return [made] if made.id else []


def _goal(record: Record, report: Report) -> list[Entry]:
    fields = record.fields(report)
    made = Goal.model_construct(
        **_base(record, fields),
        measure=fields.text("measure"),
        horizon=fields.text("horizon"),
        rules_out=fields.texts("rules_out"),
    )
    fields.rest("goal")
    return [made] if made.id else []


def _pattern(record: Record, report: Report) -> list[Entry]:
    fields = record.fields(report)
    made = Pattern.model_construct(
        **_base(record, fields),
        severity=fields.word("severity", SEVERITIES, "high") or "high",
        version=fields.text("version"),
        applies_when=fields.applicability("applies_when"),
        behaviours=fields.mapping("behaviours", BEHAVIOURS),
    )
    fields.rest("pattern")
    return [made] if made.id else []


def _asset(record: Record, report: Report) -> list[Entry]:
    fields = record.fields(report)
    base = _base(record, fields, staged=True)
    made = Asset.model_construct(
        **base,
        aliases=fields.texts("aliases"),
        asset_kind=fields.word("kind", ("system", "dataset", "model", "supplier")) or "",
        status=_stage(fields, base),
        successor=fields.text("successor"),
    )
    fields.rest("asset")
    return [made] if made.id else []


def _policy(record: Record, report: Report) -> list[Entry]:
    """A policy and its requirements; a table row with a `text` is one requirement by itself."""
    if record.values.get("text"):
        return _requirement(record, record.source, _Above(), report)
    fields = record.fields(report)
    base = _base(record, fields)
    items = fields.items("requirements")
    version = fields.text("version")
    effective_from = fields.date("effective_from", "the policy counts already")
    fields.rest("policy")
    if not base["id"]:
        return []
    requirements: list[Entry] = []
    for number, item in enumerate(items):
        if item:
            nested = _nested(record, number, item)
            above = _Above(base["id"], effective_from, base["draft"], base["document"])
            requirements += _requirement(nested, nested.source, above, report)
    policy = Policy.model_construct(
        **base,
        version=version,
        effective_from=effective_from,
        requirements=tuple(entry.id for entry in requirements),
    )
    return [policy, *requirements]


def _nested(record: Record, number: int, item: dict[str, Any]) -> Record:
    """A requirement inside a policy as a record of its own, with its own physical lines."""
    prefix = f"requirements.{number}"
    source = record.source
    first, last = (record.spans or {}).get(prefix, (source.line, source.line))
    if record.spans is not None:
        text = "\n".join(source.text.split("\n")[first - source.line : last - source.line + 1])
        source = Source.model_construct(
            path=source.path, sha256=source.sha256, line=first, text=text, one_line=False
        )
    return Record(
        values=item,
        source=source,
        line=lambda name: record.line(f"{prefix}.{name}" if name else prefix),
        separator=record.separator,
    )


class _Above(NamedTuple):
    """What a requirement has from the policy it stands in."""

    policy: str = ""
    effective_from: str = ""
    draft: bool = False
    document: Document | None = None


def _requirement(record: Record, source: Source, above: _Above, report: Report) -> list[Entry]:
    """A severity that nobody knows counts as high: a slip of the pen must not soften a rule."""
    fields = record.fields(report)
    base = _base(record, fields)
    base["draft"] = base["draft"] or above.draft
    enforce = fields.word("enforce", ENFORCE, "ask") or "ask"
    severity = fields.word("severity", SEVERITIES, "medium", unknown="high") or "medium"
    text = fields.text("text")
    made = Requirement.model_construct(
        **{**base, "source": source, "document": _of_document(base["document"], above.document)},
        policy=above.policy or fields.text("policy") or record.stem,
        text=text,
        severity="low" if enforce == "advise" else severity,
        applies_when=fields.applicability("applies_when"),
        look_for=fields.texts("look_for"),
        refs=fields.texts("refs"),
        enforce=enforce,
        replaces=fields.texts("replaces"),
        sign_off=fields.text("sign_off"),
        effective_from=above.effective_from,
    )
    if made.id and not text:
        fields.report("id", f"requirement {made.id} has no `text`: say what is required")
    fields.rest("requirement")
    return [made] if made.id else []


def _of_document(own: Document | None, policy: Document | None) -> Document | None:
    """A requirement stands in its policy's document where it names none."""
    if own is None or policy is None or own.file not in ("", policy.file):
        return own
    return own.model_copy(update={"file": policy.file, "sha256": own.sha256 or policy.sha256})


def _stage(fields: Fields, base: Mapping[str, Any]) -> LifeStage | None:
    """Where a thing stands in its life: `status`; of a draft, whose status is taken, `stage`."""
    return fields.word("stage" if base["draft"] else "status", LIFE_STAGES, aliases=STAGE_ALIASES)


def _draft(fields: Fields, staged: bool) -> bool:
    said = fields.text("status")
    draft = said.casefold() == DRAFT
    if said and not draft and not staged:
        fields.report("status", f"`status: {said}` is no status here: it is `{DRAFT}`, or left out")
    return draft


def _document(fields: Fields) -> Document | None:
    said = fields.mapping("source", DOCUMENT)
    return Document(**said) if said else None


def _base(record: Record, fields: Fields, *, staged: bool = False) -> dict[str, Any]:
    """Id, title, body, owner and source, which every kind has; an unusable id becomes "".

    `staged`: the kind has a status of its own, where it stands in its life.
    """
    entry_id, title, owner = fields.text("id"), fields.text("title"), fields.text("owner")
    body = fields.text("body") or record.body.strip()
    if not entry_id:
        fields.report("", "this entry has no `id`; it is not read")
    elif not _ID.fullmatch(entry_id):
        fields.report("id", "an `id` is one word of at most 120 characters; the entry is not read")
        entry_id = ""
    elif entry_id.lower() in RESERVED:
        fields.report("id", f"the id `{entry_id}` is reserved; the entry is not read")
        entry_id = ""
    if entry_id and not title:
        heading = _HEADING.search(record.body)
        title = heading.group(1) if heading else entry_id
        fields.report("id", f"{entry_id} has no `title`; “{title}” is shown instead")
    return {
        "id": entry_id,
        "title": title,
        "body": body,
        "owner": owner,
        "source": record.source,
        "draft": _draft(fields, staged),
        "document": _document(fields),
    }


_MAKERS: dict[str, Callable[[Record, Report], list[Entry]]] = {
    "assets": _asset,
    "capabilities": _capability,
    "goals": _goal,
    "patterns": _pattern,
    "policies": _policy,
}
FOLDERS = tuple(_MAKERS)
"""The folders of a workspace's knowledge, in reading order."""
