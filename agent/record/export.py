"""What leaves the record: the letter to the team, JSON, and one self-contained HTML file.

Owns the three formats and the letter's file name. Untrusted words are escaped by default in both
templates; nothing here writes a file, decides, or knows a clock.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from agent.draft.related import behind_words, review_words
from agent.record import letter as words
from agent.record import opening as first_words
from agent.record.escape import Markdown, inline, paragraphs
from agent.record.targets import Target
from agent.schema.base import content_id
from agent.schema.decision import Condition, Decision, DecisionOutcome, Sheet, Waiver
from knowledge.entries import Requirement
from knowledge.text import clean

if TYPE_CHECKING:
    from jinja2 import Environment

EXPORT_SCHEMA = "concord.export/1"
_TEMPLATES = Path(__file__).parent / "templates"
_UNSAFE = re.compile(r"[^\w.-]+")
_BLANK = re.compile(r"\n{3,}")
_LONGEST_NAME = 80
_OF_RULE = {"title", "policy", "text", "refs", "sign_off"}


def letter_path(initiative: str, version: int) -> PurePosixPath:
    """`decisions/NAME-vN.md`, inside `decisions/` whatever the initiative is called.

    A name that had to be changed carries a hash, so that no two initiatives share a letter.
    """
    name = _UNSAFE.sub("-", initiative).strip(".-")[:_LONGEST_NAME]
    if not name or name != initiative:
        name = f"{name or 'initiative'}-{content_id(initiative)[:8]}"
    return PurePosixPath("decisions", f"{name}-v{version}.md")


def letter(
    sheet: Sheet,
    *,
    outcome: DecisionOutcome,
    approved_stage: str = "",
    conditions: Sequence[Condition] = (),
    merge_into: str = "",
    target: Target | None = None,
    review_by: str = "",
    waivers: Sequence[Waiver] = (),
    note: str = "",
    requirements: Mapping[str, Requirement],
    next_stage: Sequence[str] = (),
    by: str = "",
    date: str = "",
    replaces: Decision | None = None,
) -> str:
    """The decision as markdown for the team: what was decided, each ask with reason and source.

    `requirements`: those of the office by id, for titles and texts; `next_stage`: ids of those that
    will apply at the stage after `approved_stage`; `target`: who is behind `merge_into`;
    `replaces`: the decision that this one corrects.
    """
    points = words.points(sheet, requirements, outcome, conditions, waivers)
    measures = words.measures(sheet, requirements)
    text = _render(
        "letter.md.j2",
        heading=first_words.HEADINGS[outcome],
        replaces=first_words.replacing(replaces),
        asks=first_words.ASKS[outcome],
        outcome=outcome,
        title=sheet.effective.proposal.title,
        initiative=sheet.effective.initiative,
        version=sheet.effective.version,
        draft=sheet.draft.id,
        opening=first_words.opening(sheet, outcome, approved_stage, target or Target(merge_into)),
        alike=words.asks_alike(sheet),
        note=paragraphs(note),
        conditions=[words.conditional(condition) for condition in conditions],
        waivers=[words.waived(waiver, sheet, requirements) for waiver in waivers],
        points=[point for point in points if not point.small],
        suggestions=[point for point in points if point.small],
        questions=sheet.effective.questions,
        measures=measures,
        stated=any(measure.basis.startswith("stated") for measure in measures),
        next_stage=[words.rule_named(id_, sheet, requirements) for id_ in next_stage],
        after=first_words.next_stage_after(approved_stage),
        review_by=review_by,
        by=by,
        date=date,
        quoted=words.quoted,
    )
    return _BLANK.sub("\n\n", text).strip("\n") + "\n"


def as_json(
    sheet: Sheet,
    decision: Decision | None = None,
    *,
    requirements: Mapping[str, Requirement] | None = None,
    private: bool = False,
) -> str:
    """Draft, steps and decision in a stable order; private notes only when asked for.

    `requirements`: those of the office by id, for what each goes back to and who signs it.
    """
    decided = decision or sheet.decided
    data = {
        "schema": EXPORT_SCHEMA,
        "draft": _plain(sheet.draft),
        "effective": _plain(sheet.effective),
        "findings": [_plain(finding) for finding in sheet.findings],
        "unmet": list(sheet.unmet),
        "requirements": {
            id_: rule.model_dump(mode="json", include=_OF_RULE)
            for id_, rule in sorted((requirements or {}).items())
        },
        "steps": _plain(sheet.steps),
        "decision": _plain(decided) if decided else None,
    }
    if not private:
        for part in (data["steps"], data["decision"]):
            if isinstance(part, dict):
                part.pop("private_note", None)
    return json.dumps(_cleaned(data), ensure_ascii=False, indent=2) + "\n"


def as_html(
    sheet: Sheet,
    letter: str = "",
    *,
    requirements: Mapping[str, Requirement] | None = None,
) -> str:
    """One file for people: the decision, the letter, and everything the review rests on."""
    known = requirements or {}
    draft = sheet.effective
    return _render(
        "review.html.j2",
        sheet=sheet,
        draft=draft,
        decided=sheet.decided,
        heading=first_words.HEADINGS[sheet.decided.outcome if sheet.decided else draft.outcome],
        letter=_letter_html(letter),
        standing=words.by_weight(s for s in sheet.findings if s.state in words.STANDING),
        aside=[s for s in sheet.findings if s.state not in words.STANDING],
        applying=[row for row in draft.requirements if row.applies != "no"],
        not_applying=[row for row in draft.requirements if row.applies == "no"],
        rules=known,
        names={
            id_: words.name_of(id_, known, sheet)
            for id_ in sorted(
                {row.id for row in draft.requirements}
                | {row.entry for row in draft.overlaps}
                | {row.id for row in draft.goals}
            )
        },
        place=lambda c: words.place(
            c.source, c.line_start, c.line_end, c.section, sheet, "proposal"
        ),
        trail=lambda s: words.place(s.source, s.line_start, s.line_end, "", sheet, "proposal"),
        basis=words.basis,
        behind_words=behind_words,
        review_words=review_words,
    )


def _render(template: str, **values: object) -> str:
    return _environment(template.endswith(".html.j2")).get_template(template).render(**values)


@cache
def _environment(html: bool) -> "Environment":
    """Every value is cleaned and escaped unless it is markup that we made."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=html,
        finalize=_html_value if html else _markdown_value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _markdown_value(value: object) -> object:
    return value if isinstance(value, Markdown) or not isinstance(value, str) else inline(value)


def _html_value(value: object) -> object:
    """Jinja escapes what this returns; its own Markup stays as it is."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return clean(value).text
    return value


def _letter_html(letter: str) -> object:
    """The letter's few kinds of block. HTML is off and links are words, so it is safe as markup."""
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    parser = MarkdownIt("commonmark", {"html": False})
    parser.disable(["link", "image", "autolink", "html_inline", "html_block", "reference"])
    return Markup(parser.render(clean(letter).text))


def _plain(model: Any) -> dict[str, Any]:
    return dict(model.model_dump(mode="json", by_alias=True))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value).text
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    return value
