"""Drafts accepted or dropped: the edit of the office's markdown that makes it so.

Owns which lines change; every other byte of a file stays. What is incomplete is refused with its
place. Entries of tables are for a person to edit.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from knowledge.editing import physical, read_text
from knowledge.entries import Asset, Capability, Entry, Policy, Requirement
from knowledge.errors import KnowledgeError
from knowledge.frontmatter import FrontMatterError, parse
from knowledge.making import DRAFT
from knowledge.reading import Knowledge
from knowledge.text import clean
from knowledge.vocabulary import LIFE_STAGES

_STATUS: Final = re.compile(
    r"(?P<indent>[ \t]*)status[ \t]*:[ \t]*(?P<quote>[\"']?)draft(?P=quote)[ \t]*"
    r"(?P<comment>#[^\r\n]*)?(?P<end>\r\n|\n|\r|\Z)",
    re.IGNORECASE,
)
_STAGE: Final = re.compile(r"[ \t]*stage[ \t]*:[^\r\n]*(?:\r\n|\n|\r|\Z)")


class Edit(NamedTuple):
    """One file as it will stand."""

    path: Path
    text: str | None
    """None: the file goes."""
    sha256: str
    """Of the bytes that were read."""
    ids: tuple[str, ...]
    """Of the entries that change, in the order of the file."""


class Edits(NamedTuple):
    files: tuple[Edit, ...]
    refused: tuple[str, ...]
    """`file:line: why and what to do`, one for each entry that stays a draft."""


def accept(knowledge: Knowledge, drafts: Sequence[Entry], stage: str = "") -> Edits:
    """The drafts count from now on, and the policies that requirements among them stand in.

    `stage` is where capabilities and assets stand in their life if their file does not say.
    """
    chosen = _with_policies(knowledge, drafts)
    refused = {entry.id: why for entry in chosen if (why := _missing(knowledge, entry, stage))}
    for entry in chosen:
        if isinstance(entry, Requirement) and entry.policy in refused:
            refused.setdefault(entry.id, f"{_place(entry)}: {entry.id}: its policy is not accepted")
    good = [entry for entry in chosen if entry.id not in refused]
    files = []
    for path, entries in _by_file(knowledge, good):
        text = read_text(path, entries[0].source.sha256)
        new = _accepted(path, text, entries, stage)
        ids = (*(entry.id for entry in entries), *_along(knowledge, entries, text))
        files.append(Edit(path, new, entries[0].source.sha256, ids))
    return Edits(tuple(files), tuple(refused[entry.id] for entry in chosen if entry.id in refused))


def drop(knowledge: Knowledge, drafts: Sequence[Entry]) -> Edits:
    """The drafts go; a policy with all its requirements, where none of them counts already."""
    files, refused = [], list[str]()
    for path, entries in _by_file(knowledge, drafts):
        whole = [entry for entry in entries if not isinstance(entry, Requirement)]
        sha256 = entries[0].source.sha256
        if whole:
            counted = [
                e for e in knowledge.entries.values() if e.source.path == whole[0].source.path
            ]
            if counted:
                refused.append(f"{_place(whole[0])}: {counted[0].id} in it counts; drop by id")
                continue
            held = [e for e in knowledge.drafts.values() if e.source.path == whole[0].source.path]
            files.append(Edit(path, None, sha256, tuple(e.id for e in held)))
        else:
            text = _without(read_text(path, sha256), entries)
            files.append(Edit(path, text, sha256, tuple(e.id for e in entries)))
    return Edits(tuple(files), tuple(refused))


def _with_policies(knowledge: Knowledge, drafts: Sequence[Entry]) -> list[Entry]:
    """A requirement counts only where its policy does."""
    chosen = {entry.id: entry for entry in drafts}
    for entry in drafts:
        policy = knowledge.drafts.get(entry.policy) if isinstance(entry, Requirement) else None
        if isinstance(policy, Policy):
            chosen.setdefault(policy.id, policy)
    return sorted(chosen.values(), key=lambda e: (e.source.path, e.source.line, e.id))


def _missing(knowledge: Knowledge, entry: Entry, stage: str) -> str:
    """What keeps a draft from counting, with its place; empty for nothing."""
    place = _place(entry)
    if entry.source.one_line:
        return f"{place}: {entry.id} stands in a table: take its `status: {DRAFT}` out by hand"
    for problem in knowledge.problems:
        if problem.path == entry.source.path and problem.line in _lines(knowledge, entry):
            return f"{problem}; mend it, then accept {entry.id}"
    if isinstance(entry, Capability | Asset) and not entry.status and not stage:
        stages = ", ".join(LIFE_STAGES)
        return f"{place}: {entry.id} needs a `stage` ({stages}), in the file or with --stage"
    if isinstance(entry, Capability) and not entry.body.strip():
        return f"{place}: {entry.id} says nowhere what it does: write a sentence below its fields"
    if isinstance(entry, Requirement) and not entry.text:
        return f"{place}: {entry.id} has no `text`: say what is required"
    return ""


def _lines(knowledge: Knowledge, entry: Entry) -> range | list[int]:
    """Physical lines that are the entry's own; a policy's are not those of its requirements."""
    own = range(entry.source.line, entry.source.line + entry.source.text.count("\n") + 1)
    if not isinstance(entry, Policy):
        return own
    inside: set[int] = set()
    for other in (*knowledge.entries.values(), *knowledge.drafts.values()):
        if isinstance(other, Requirement) and other.source.path == entry.source.path:
            inside.update(_lines(knowledge, other))
    return [line for line in own if line not in inside]


def _place(entry: Entry) -> str:
    return f"{entry.source.path}:{entry.source.line}"


def _by_file(knowledge: Knowledge, entries: Iterable[Entry]) -> Iterator[tuple[Path, list[Entry]]]:
    files: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (e.source.path, e.source.line)):
        files.setdefault(entry.source.path, []).append(entry)
    for name, found in files.items():
        yield knowledge.folder.parent / name, found


def _accepted(path: Path, text: str, entries: Sequence[Entry], stage: str) -> str:
    """The text with the entries' `status: draft` taken out, or turned into where they stand."""
    before = parse(clean(text).text)
    rows = physical(text)
    for entry in entries:
        at = _field_lines(before.values, before.lines, entry.id)
        row = at.get("status", 0)
        found = _STATUS.fullmatch(rows[row - 1]) if row else None
        if not row and isinstance(entry, Requirement):
            continue  # it is a draft because its policy is
        if found is None:
            raise _by_hand(path, row or entry.source.line, entry)
        rows[row - 1] = _status_line(found, entry, stage)
        if "stage" in at and _STAGE.fullmatch(rows[at["stage"] - 1]):
            rows[at["stage"] - 1] = ""
    new = "".join(rows)
    ids = {entry.id for entry in entries}
    if _bare(_parsed(path, new), ids) != _bare(before.values, ids):
        raise _by_hand(path, entries[0].source.line, entries[0])
    return new


def _along(knowledge: Knowledge, entries: Sequence[Entry], text: str) -> Iterator[str]:
    """Requirements that say nothing of their own: they count as soon as their policy does."""
    chosen = {entry.id for entry in entries}
    if any(isinstance(entry, Policy) for entry in entries):
        for item in parse(clean(text).text).values.get("requirements") or []:
            own = isinstance(item, dict) and item.get("status")
            if isinstance(item, dict) and not own and item.get("id") not in chosen:
                yield from {str(item.get("id"))} & knowledge.drafts.keys()


def _status_line(found: re.Match[str], entry: Entry, stage: str) -> str:
    comment = found["comment"] or ""
    if isinstance(entry, Capability | Asset):
        behind = f"  {comment}" if comment else ""
        return f"{found['indent']}status: {entry.status or stage}{behind}{found['end']}"
    return f"{found['indent']}{comment}{found['end']}" if comment else ""


def _field_lines(values: Mapping[str, Any], at: Mapping[str, int], entry_id: str) -> dict[str, int]:
    """`status` and `stage` of an entry → their physical lines."""
    prefix = ""
    if values.get("id") != entry_id:
        items = values.get("requirements") or []
        number = next(
            (
                n
                for n, item in enumerate(items)
                if isinstance(item, dict) and item.get("id") == entry_id
            ),
            None,
        )
        prefix = f"requirements.{number}."
    names = ("status", "stage") if not prefix else ("status",)
    return {name: at[prefix + name] for name in names if prefix + name in at}


def _bare(values: Mapping[str, Any], ids: set[str]) -> dict[str, Any]:
    """All fields but the status of these entries."""
    kept = dict(values)
    if kept.get("id") in ids:
        kept = {name: value for name, value in kept.items() if name not in ("status", "stage")}
    if isinstance(kept.get("requirements"), list):
        kept["requirements"] = [
            {n: v for n, v in item.items() if n != "status"}
            if isinstance(item, dict) and item.get("id") in ids
            else item
            for item in kept["requirements"]
        ]
    return kept


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return parse(clean(text).text).values
    except FrontMatterError as error:
        raise KnowledgeError(f"{path}:{error.line}: {error.message}; nothing was written") from None


def _by_hand(path: Path, line: int, entry: Entry) -> KnowledgeError:
    return KnowledgeError(
        f"{path}:{line}: the `status: {DRAFT}` of {entry.id} is not on a line of its own: edit it"
        " by hand; nothing was written"
    )


def _without(text: str, entries: Sequence[Entry]) -> str:
    """The text without the lines of these requirements."""
    rows = physical(text)
    for entry in entries:
        first = entry.source.line
        for line in range(first, first + entry.source.text.count("\n") + 1):
            rows[line - 1] = ""
    return "".join(rows)
