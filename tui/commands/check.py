"""`concord check`: what a team should mend before submitting; offline, quick, the review's rules.

Loads neither the index nor the record: overlap is for the review to find, and the output says so.
"""

import time
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

from agent.errors import ProposalError
from agent.intake.proposal import parse, read_source
from agent.intake.source import LARGEST
from agent.schema.draft import Draft, Finding
from agent.settings import Settings, load_settings
from agent.wiring import check_of, open_knowledge, starter_knowledge
from knowledge.reading import Knowledge
from tui.files import stdin
from tui.out import put, put_json, say

LEVELS = {"blocker": "error", "high": "error", "medium": "warning", "low": "note"}
RANK = ("error", "warning", "note", "never")
COULD_NOT = 3
T = TypeVar("T")


def run(files: Sequence[Path], fail_on: str, office: Path | None, as_json: bool) -> int:
    settings = load_settings(office, None if str(files[0]) == "-" else files[0])
    knowledge = _knowledge(settings)
    worst, failed = "never", False
    for file in files:
        try:
            draft = check_file(file, knowledge, settings)
        except ProposalError as error:
            say(str(error))
            failed = True
            continue
        worst = min([worst, *(LEVELS[f.severity] for f in draft.findings)], key=RANK.index)
        _print(draft, as_json)
    if failed:
        return COULD_NOT
    return 1 if "never" not in (worst, fail_on) and RANK.index(worst) <= RANK.index(fail_on) else 0


def check_file(file: Path, knowledge: Knowledge, settings: Settings) -> Draft:
    """The draft of one file by the rules alone, without search."""
    # One byte more than a proposal may have; `parse` says so if there are more.
    raw = stdin(LARGEST + 1) if str(file) == "-" else read_source(file)
    shown = "stdin" if str(file) == "-" else str(file)
    proposal = parse(raw, shown, facts=settings.facts)
    review = check_of(knowledge, settings)
    evidence = review.gather(proposal, today=time.strftime("%Y-%m-%d", time.gmtime()))
    return _finished(review.draft(proposal, evidence, version=1))


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


def _print(draft: Draft, as_json: bool) -> None:
    if as_json:
        put_json(draft.model_dump(mode="json", by_alias=True))
        return
    levels = [LEVELS[f.severity] for f in draft.findings]
    for finding in sorted(draft.findings, key=_place):
        line, column = _place(finding)[:2]
        put(
            f"{draft.proposal.path}:{line}:{column}: {LEVELS[finding.severity]} {finding.rule}"
            f" {finding.title}  hint: {finding.ask}"
        )
    for question in draft.questions:
        changes = f"  decides: {', '.join(question.changes)}" if question.changes else ""
        put(f"{draft.proposal.path}:1:1: note question {question.text}{changes}")
    named = ", ".join(_counted(levels.count(level), level) for level in RANK[:3])
    say(f"{draft.proposal.path}: {named}; overlap is not checked here, a review does that")


def _counted(n: int, word: str) -> str:
    return f"{n} {word}{'' if n == 1 else 's'}"


def _place(finding: Finding) -> tuple[int, int, str]:
    """Where it stands, or where what is missing would belong."""
    for citation in finding.citations:
        if citation.source == "proposal" and citation.line_start is not None:
            return citation.line_start, citation.col_start or 1, finding.rule
    for step in finding.searched:
        if step.source == "proposal" and step.line_start is not None:
            return step.line_start, 1, finding.rule
    return 1, 1, finding.rule
