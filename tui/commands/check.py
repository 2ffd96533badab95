"""`concord check`: what a team should mend before submitting; offline, quick, the review's rules.

Loads neither the index nor the record: overlap is for the review to find, and the output says so.
"""

import time
from collections.abc import Coroutine, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from agent.errors import ProposalError
from agent.intake.proposal import parse, read_source
from agent.intake.source import LARGEST
from agent.readers.rules.fields import unknown_fields
from agent.schema.draft import Draft, Finding
from agent.schema.proposal import Proposal
from agent.settings import Settings, load_settings
from agent.wiring import check_of, open_knowledge, starter_knowledge
from knowledge.reading import Knowledge
from tui.files import stdin
from tui.out import put, put_json, say

LEVELS = {"blocker": "error", "high": "error", "medium": "warning", "low": "note"}
RANK = ("error", "warning", "note", "never")
COULD_NOT = 3
UNREAD = (
    "The text is written in a language that the rules cannot read, so this check cannot tell what"
    " is missing  hint: Hand in a version in English, or have a person read it."
)
T = TypeVar("T")


class Checked(NamedTuple):
    proposal: Proposal
    draft: Draft


def run(files: Sequence[Path], fail_on: str, office: Path | None, as_json: bool) -> int:
    offices = _Offices(office)
    worst, failed, unread = "never", False, False
    for file in files:
        settings, knowledge = offices.of(file)
        try:
            checked = check_file(file, knowledge, settings)
        except ProposalError as error:
            say(str(error))
            failed = True
            continue
        unread |= not checked.proposal.readable
        levels = (LEVELS[f.severity] for f in checked.draft.findings)
        worst = min([worst, *levels], key=RANK.index)
        _print(checked, as_json)
    if failed:
        return COULD_NOT
    if "never" not in (worst, fail_on) and RANK.index(worst) <= RANK.index(fail_on):
        return 1
    return COULD_NOT if unread else 0


class _Offices:
    """The workspace of each file, opened once: files of one call may belong to several."""

    def __init__(self, given: Path | None) -> None:
        self._given = given
        self._known: dict[Path | None, tuple[Settings, Knowledge]] = {}

    def of(self, file: Path) -> tuple[Settings, Knowledge]:
        settings = load_settings(self._given, None if str(file) == "-" else file)
        if settings.office not in self._known:
            self._known[settings.office] = settings, _knowledge(settings)
        return self._known[settings.office]


def check_file(file: Path, knowledge: Knowledge, settings: Settings) -> Checked:
    """The draft of one file by the rules alone, without search."""
    # One byte more than a proposal may have; `parse` says so if there are more.
    raw = stdin(LARGEST + 1) if str(file) == "-" else read_source(file)
    shown = "stdin" if str(file) == "-" else str(file)
    proposal = parse(raw, shown, facts=settings.facts)
    review = check_of(knowledge, settings)
    evidence = review.gather(proposal, today=time.strftime("%Y-%m-%d", time.gmtime()))
    return Checked(proposal, _finished(review.draft(proposal, evidence, version=1)))


def _finished(work: Coroutine[Any, Any, T]) -> T:
    """Its result, without an event loop: the rules wait for nothing, and loading asyncio takes
    longer than many a check."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    raise RuntimeError("a check waited for something")


def _knowledge(settings: Settings) -> Knowledge:
    if settings.office is None:
        say("no workspace found: checked against the starter policies that ship with Concord")
        return starter_knowledge()
    return open_knowledge(settings)


def _print(checked: Checked, as_json: bool) -> None:
    proposal, draft = checked
    if as_json:
        put_json(draft.model_dump(mode="json", by_alias=True))
        return
    for line in sorted(_lines(checked)):
        put(f"{proposal.path}:{line.line}:{line.column}: {line.text}")
    for question in draft.questions:
        changes = f"  decides: {', '.join(question.changes)}" if question.changes else ""
        put(f"{proposal.path}:1:1: note question {question.text}{changes}")
    levels = [LEVELS[f.severity] for f in draft.findings]
    named = ", ".join(_counted(levels.count(level), level) for level in RANK[:3])
    if not proposal.readable:
        named = f"not read; {named}"
    say(f"{proposal.path}: {named}; overlap is not checked here, a review does that")


class _Line(NamedTuple):
    line: int
    column: int
    rank: int
    """Of what stands at one place: unread first, then findings, then notes."""
    text: str


def _lines(checked: Checked) -> Iterator[_Line]:
    proposal, draft = checked
    if not proposal.readable:
        yield _Line(1, 1, 0, f"warning unread {UNREAD}")
    for finding in draft.findings:
        text = f"{LEVELS[finding.severity]} {finding.rule} {finding.title}  hint: {finding.ask}"
        yield _Line(*_place(finding), 1, text)
    for line, message in unknown_fields(proposal, draft.facts):
        yield _Line(line, 1, 2, f"note unused {message}")
    for note in proposal.notes:
        yield _Line(1, 1, 3, f"note reading {note}")


def _counted(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"


def _place(finding: Finding) -> tuple[int, int]:
    """Where it stands, or where what is missing would belong."""
    for citation in finding.citations:
        if citation.source == "proposal" and citation.line_start is not None:
            return citation.line_start, citation.col_start or 1
    for step in finding.searched:
        if step.source == "proposal" and step.line_start is not None:
            return step.line_start, 1
    return 1, 1
