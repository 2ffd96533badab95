"""Where a draft would go against what was decided of the same thing before. Pure.

Looks at the draft as it stands, after all readers, corrections and the outcome table, and never
back: its finding `precedent.contradicts` is always of severity low, which no row of the outcome
table counts, so that an earlier decision changes no outcome by itself. What was decided then may be
wrong now; a person weighs it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from agent.draft.identity import finding_id
from agent.intake.language import stem, words
from agent.schema.draft import Finding, OverlapRow, RequirementRow, Searched
from agent.schema.evidence import Evidence
from agent.schema.proposal import Citation, Proposal
from knowledge.entries import Imposed, Precedent
from knowledge.lexical import STOP_WORDS
from knowledge.vocabulary import Outcome

RULE: Final = "precedent.contradicts"
APPROVING: Final = ("approve", "approve_with_conditions")
SPOKEN_OF: Final = 0.6
"""Share of a condition's words in one sentence at which the proposal speaks of it."""
QUOTED: Final = 3
"""Citations of one contradiction."""


class Against(NamedTuple):
    """One contradiction: what to say, and the quotes of this proposal that go with it."""

    sentence: str
    ask: str
    citations: tuple[Citation, ...] = ()
    searched: tuple[Searched, ...] = ()


class Standing(NamedTuple):
    """The draft as far as an earlier decision may differ from it."""

    outcome: Outcome
    requirements: Mapping[str, RequirementRow]
    asked: frozenset[str]
    """Rules of its findings."""
    proposal: Proposal
    titles: Mapping[str, str]


def contradictions(
    outcome: Outcome,
    rows: Sequence[RequirementRow],
    findings: Sequence[Finding],
    overlaps: Sequence[OverlapRow],
    evidence: Evidence,
    proposal: Proposal,
) -> tuple[Finding, ...]:
    """One finding for each decided initiative that was the same thing and was judged otherwise."""
    titles = {r.id: r.title.strip().rstrip(".") for r in evidence.requirements}
    asked = frozenset(f.rule for f in findings)
    standing = Standing(outcome, {r.id: r for r in rows}, asked, proposal, titles)
    past = {p.id: p for p in evidence.precedents}
    found = []
    for row in overlaps:
        if (
            row.kind == "precedent"
            and row.relation in ("duplicate", "extends")
            and row.entry in past
        ):
            against = tuple(_against(past[row.entry], standing))
            if against:
                found.append(_finding(past[row.entry], row, against, proposal.initiative))
    return tuple(found)


def with_contradictions(
    overlaps: Sequence[OverlapRow], findings: Sequence[Finding]
) -> tuple[OverlapRow, ...]:
    """The rows of precedents with what speaks against each."""
    said = {f.subject: f.claim for f in findings if f.rule == RULE}
    return tuple(
        row.model_copy(update={"contradicts": said[row.entry]}) if row.entry in said else row
        for row in overlaps
    )


def _against(past: Precedent, standing: Standing) -> Iterator[Against]:
    yield from _other_outcome(past, standing)
    for condition in past.imposed:
        if condition.status in ("open", "met"):
            yield from _not_asked(past, condition, standing)
    for waiver in past.waived:
        yield from _asked_again(past, waiver.requirement, waiver.reason, standing)


def _other_outcome(past: Precedent, standing: Standing) -> Iterator[Against]:
    approved_then, approved_now = past.outcome in APPROVING, standing.outcome in APPROVING
    now = standing.outcome.replace("_", " ")
    if past.outcome == "reject" and approved_now:
        was = "was rejected"
    elif approved_then and standing.outcome == "reject":
        was = "was approved"
    elif past.outcome == "merge_with_existing" and approved_now:
        was = f"was to be merged with {past.merge_into or 'what exists'}"
    else:
        return
    yield Against(
        f"{_named(past)} is the same thing and {was}{_when(past)}; this draft suggests: {now}.",
        f"Say what has changed since {past.id} {was}.",
    )


def _not_asked(past: Precedent, condition: Imposed, standing: Standing) -> Iterator[Against]:
    """A condition under which the same thing was approved, and that this one does not meet."""
    row = standing.requirements.get(condition.requirement)
    imposed = f"{_named(past)} was approved{_when(past)} on condition that “{condition.text}”"
    if row is not None:
        if row.applies == "no" or row.status == "in_place":
            return
        name = f"{row.id} {standing.titles.get(row.id, '')}".strip()
        asks = "asks for it" if row.id in standing.asked else "does not ask for it"
        yield Against(
            f"{imposed} ({name}); here it is {_status(row)}, and this draft {asks}.",
            f"Meet the condition that {past.id} had to meet, or say why it does not hold here.",
            row.citations,
            row.searched[:1],
        )
    elif not condition.requirement and not _speaks_of(standing.proposal, condition.text):
        yield Against(
            f"{imposed}; this proposal does not speak of it, and this draft does not ask for it.",
            f"Meet the condition that {past.id} had to meet, or say why it does not hold here.",
        )


def _asked_again(
    past: Precedent, requirement: str, reason: str, standing: Standing
) -> Iterator[Against]:
    """A requirement that the same thing was let off, and that is asked of this one."""
    row = standing.requirements.get(requirement)
    if row is None or row.applies == "no" or row.status == "in_place":
        return
    if requirement not in standing.asked:
        return
    name = f"{row.id} {standing.titles.get(row.id, '')}".strip()
    yield Against(
        f"{_named(past)} was let off {name}{_when(past)} (“{reason}”); this draft asks for it.",
        f"Say whether the reason why {past.id} was let off {row.id} holds here.",
        row.citations,
        row.searched[:1],
    )


def _finding(
    past: Precedent, row: OverlapRow, against: Sequence[Against], initiative: str
) -> Finding:
    own = [c for item in against for c in item.citations if c.check != "bad"]
    both = [c for c in row.citations if c.check != "bad"]
    return Finding(
        id=finding_id(initiative, RULE, past.id),
        rule=RULE,
        dimension="overlap",
        severity="low",
        title=f"Differs from what was decided of {past.title}",
        claim=" ".join(item.sentence for item in against),
        ask=" ".join(dict.fromkeys(item.ask for item in against)),
        subject=past.id,
        citations=tuple(dict.fromkeys([*both, *own[: QUOTED * len(against)]])),
        searched=tuple(dict.fromkeys(s for item in against for s in item.searched)),
        readers=("rules",),
    )


def _named(past: Precedent) -> str:
    return f"{past.id} “{past.title}”"


def _when(past: Precedent) -> str:
    return f" on {past.decided}" if past.decided else ""


def _status(row: RequirementRow) -> str:
    if row.applies == "unknown":
        return "not known whether it applies"
    return {"planned": "planned", "absent": "not in the text", "unclear": "left open"}[row.status]


def _speaks_of(proposal: Proposal, condition: str) -> bool:
    """Whether one sentence holds most words of the condition."""
    wanted = _content(condition)
    if not wanted:
        return True
    return any(
        len(wanted & _content(sentence.text)) >= SPOKEN_OF * len(wanted)
        for sentence in proposal.sentences
    )


def _content(text: str) -> frozenset[str]:
    return frozenset(stem(w) for w in words(text) if len(w) > 2 and w not in STOP_WORDS)
