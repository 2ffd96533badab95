"""The call that compares with what exists: candidates, patterns, siblings.

Owns question, check and mapping of the dimensions `overlap` and `consistency`. Which candidates
there are was decided by the search; claims and their weight are made as the rules make theirs.
"""

from collections.abc import Iterator
from typing import Final

from agent.readers.llm.call import Call
from agent.readers.llm.material import Material
from agent.readers.llm.problems import ids_once, listed, one_of, quotes_stand
from agent.readers.llm.said import (
    ASK,
    CLAIM,
    FINDINGS,
    first,
    once,
    questions_of,
    quoted,
    quotes_of,
    said,
)
from agent.readers.llm.shown import (
    applying_patterns,
    behaviours_text,
    candidate_ids,
    candidates_text,
    compared,
    shown_siblings,
)
from agent.readers.llm.wire import ConsistencyFinding, FacetAnswer, OverlapAnswer, OverlapsAnswer
from agent.readers.rules.advice import Advice, advise, is_rejected, over
from agent.readers.rules.facets import compare
from agent.readers.rules.findings import SIBLING
from agent.readers.rules.overlap import own_behaviour
from agent.readers.rules.overlap_claims import Compared, claims_of
from agent.readers.rules.reuse import Said, said_of
from agent.readers.rules.sides import Other
from agent.schema.assessment import Assessment, Claim, Covered, FacetReading, OverlapReading, Quote
from agent.schema.evidence import Pending
from knowledge.entries import Capability, Pattern, Precedent
from knowledge.vocabulary import OverlapKind

MISSING: Final = 4
LACK: Final = 80
REASON: Final = 300
FACETS: Final = ("purpose", "users", "data", "automation", "behaviour", "outputs")
"""Those that the model judges."""
SIBLINGS: Final = 2
UNSEARCHED: Final = "not searched here; `concord review` does it"


def _idle(material: Material) -> str:
    evidence = material.evidence
    if evidence.searched or applying_patterns(evidence) or shown_siblings(evidence):
        return ""
    return UNSEARCHED


def _values(material: Material) -> dict[str, object]:
    evidence = material.evidence
    return {
        "candidates": candidates_text(evidence),
        "count": len(candidate_ids(evidence)),
        "patterns": behaviours_text(applying_patterns(evidence)),
        "siblings": behaviours_text(shown_siblings(evidence)),
    }


# --- check -----------------------------------------------------------------------------------


def check(answer: OverlapsAnswer, material: Material) -> tuple[str, ...]:
    return listed(_problems(answer, material))


def _problems(answer: OverlapsAnswer, material: Material) -> Iterator[str]:
    candidates = candidate_ids(material.evidence)
    looked_up = {c.id for c in material.consulted if isinstance(c, Capability)}
    extra = looked_up.difference(candidates)
    given = [*(row.entry for row in answer.overlaps if row.entry not in extra), *answer.unrelated]
    given = [id_ for id_ in given if id_ not in extra]
    yield from ids_once("overlaps and unrelated", given, candidates)
    for row in answer.overlaps:
        if row.entry in compared(material.whole):
            yield from _both_sides(
                f"overlaps {row.entry}", row.entry, row.proposal_quotes, row.entry_quotes, material
            )
            yield from _facets_stand(row, material)
    patterns = [p.id for p in applying_patterns(material.evidence)]
    siblings = [s.id for s in shown_siblings(material.evidence)]
    for finding in answer.findings[: 2 * FINDINGS]:
        where = f"findings {finding.rule} {said(finding.subject, LACK)}"
        breach = finding.rule == "pattern.breach"
        known = patterns if breach else siblings
        if finding.subject not in known:
            yield from one_of(where, finding.subject, known, "pattern" if breach else "sibling")
            continue
        ours, theirs = finding.proposal_quotes, finding.entry_quotes
        yield from _both_sides(where, finding.subject, ours, theirs, material)


def _facets_stand(row: OverlapAnswer, material: Material) -> Iterator[str]:
    """Words of a facet are quotes like any other."""
    for name in FACETS:
        facet: FacetAnswer = getattr(row, name)
        where = f"overlaps {row.entry} {name}"
        for field, source, words in (
            ("own", "proposal", facet.own),
            ("theirs", row.entry, facet.theirs),
        ):
            if words.strip():
                yield from quotes_stand(f"{where} {field}", [words], source, material)
            elif facet.value != "unknown":
                yield f"{where}: {facet.value} needs words of both sides; else say unknown."
                break


def _both_sides(
    where: str, entry: str, ours: list[str], theirs: list[str], material: Material
) -> Iterator[str]:
    yield from quotes_stand(f"{where} proposal_quotes", ours, "proposal", material)
    yield from quotes_stand(f"{where} entry_quotes", theirs, entry, material)
    if not (ours and theirs):
        yield f"{where}: needs a quote of the proposal and one of {entry}; give both or drop it."


# --- mapping ---------------------------------------------------------------------------------


def read(answer: OverlapsAnswer, material: Material) -> Assessment:
    others = compared(material.whole)
    rows, dropped = once(answer.overlaps, [row.entry for row in answer.overlaps], others)
    read_ = [_compared(row, others[row.entry], material) for row in rows]
    differing, left = _differences(answer, material)
    dropped += left
    notes = (f"overlap: {dropped} rows that fit nothing left out",) if dropped else ()
    judged = {row.entry for row in rows} | set(answer.unrelated)
    return Assessment(
        reader="llm",
        overlaps=tuple(c.reading for c in read_),
        claims=(*claims_of(read_), *differing),
        questions=questions_of(answer.questions, material),
        coverage={
            "overlap": _overlap_coverage(judged, material),
            "consistency": _consistency_coverage(material),
        },
        notes=notes,
    )


def _compared(row: OverlapAnswer, other: Other, material: Material) -> Compared:
    """Fields compare what fields can; what the model proves with words of both sides goes first."""
    behaviour = own_behaviour(material.proposal, material.evidence)
    facets = compare(material.proposal, material.evidence, other, behaviour) | _judged(row)
    told = said_of(row.entry, other.title, material.proposal, material.evidence)
    advice = _advice(row, other, told)
    missing = tuple(text for m in first(row.missing, MISSING) if (text := said(m, LACK)))
    reading = OverlapReading(
        entry=row.entry,
        kind=_kind(other),
        relation=row.relation,
        facets=facets,
        missing=missing if row.relation != "shares_part" else (),
        disposition=advice.disposition,
        reason=advice.reason,
        quotes=(
            *quotes_of("proposal", row.proposal_quotes),
            *quotes_of(row.entry, row.entry_quotes),
        ),
    )
    return Compared(other, reading, told)


def _judged(row: OverlapAnswer) -> dict[str, FacetReading]:
    """The facets for which both sides are quoted; that one side is silent is no likeness."""
    answers: dict[str, FacetAnswer] = {name: getattr(row, name) for name in FACETS}
    return {
        name: FacetReading(
            value=facet.value,
            own=Quote(source="proposal", text=own),
            theirs=Quote(source=row.entry, text=theirs),
        )
        for name, facet in answers.items()
        if facet.value != "unknown"
        and (own := quoted(facet.own))
        and (theirs := quoted(facet.theirs))
    }


def _kind(other: Other) -> OverlapKind:
    match other:
        case Capability():
            return "capability"
        case Pending():
            return "pending"
        case Precedent():
            return "precedent"


def _advice(row: OverlapAnswer, other: Other, told: Said) -> Advice:
    """The model's, but nobody is sent to what is retired or was rejected."""
    if reason := over(other):
        return Advice("none", reason)
    if is_rejected(other) and row.relation != "shares_part" and row.disposition != "justify":
        return advise(row.relation, other, {}, (), told)
    reason = said(row.reason, REASON)
    return Advice("none" if row.relation == "shares_part" else row.disposition, reason)


def _differences(answer: OverlapsAnswer, material: Material) -> tuple[list[Claim], int]:
    """One for each pattern, at most two siblings; and how many were left out."""
    patterns = {p.id: p for p in applying_patterns(material.evidence)}
    siblings = {s.id: s for s in shown_siblings(material.evidence)}
    found: dict[tuple[str, str], Claim] = {}
    near = 0
    for finding in first(answer.findings, FINDINGS):
        key = (finding.rule, finding.subject)
        if key in found:
            continue
        if finding.rule == "pattern.breach" and finding.subject in patterns:
            found[key] = _breach(finding, patterns[finding.subject])
        elif finding.rule == "sibling.differs" and finding.subject in siblings and near < SIBLINGS:
            near += 1
            found[key] = _differs(finding, siblings[finding.subject])
    return list(found.values()), len(answer.findings) - len(found)


def _breach(finding: ConsistencyFinding, pattern: Pattern) -> Claim:
    return Claim(
        rule="pattern.breach",
        subject=pattern.id,
        dimension="consistency",
        severity=pattern.severity,
        title=f"Otherwise than the pattern “{pattern.title}” ({pattern.id})",
        claim=said(finding.difference, CLAIM),
        ask=said(finding.ask, ASK) or f"Follow {pattern.id}, or say why it cannot hold here.",
        quotes=_quotes(finding),
        refuses_remedy=finding.refuses_remedy,
    )


def _differs(finding: ConsistencyFinding, sibling: Capability) -> Claim:
    return Claim(
        rule="sibling.differs",
        subject=sibling.id,
        dimension="consistency",
        severity=SIBLING,
        title=f"Otherwise than {sibling.title} ({sibling.id}), for the same people",
        claim=said(finding.difference, CLAIM),
        ask=said(finding.ask, ASK) or "Say why the same people are treated differently here.",
        quotes=_quotes(finding),
    )


def _quotes(finding: ConsistencyFinding) -> tuple[Quote, ...]:
    ours = quotes_of("proposal", finding.proposal_quotes)
    return (*ours, *quotes_of(finding.subject, finding.entry_quotes))


# --- coverage --------------------------------------------------------------------------------


def _overlap_coverage(judged: set[str], material: Material) -> Covered:
    if not material.evidence.searched:
        return Covered(state="not_checked", note=UNSEARCHED)
    candidates = candidate_ids(material.evidence)
    count = len(judged.intersection(candidates))
    note = f"the model judged {count} of {len(candidates)} candidates of the search"
    if material.consulted:
        note += f" and looked up {len(material.consulted)} more entries"
    whole = count == len(candidates) and not material.cut
    return Covered(state="checked" if whole else "partly", note=note)


def _consistency_coverage(material: Material) -> Covered:
    evidence = material.evidence
    patterns, siblings = applying_patterns(evidence), shown_siblings(evidence)
    if not patterns and not siblings:
        note = "no pattern surely applies and no product for the same people says how it behaves"
        return Covered(state="not_checked", note=note)
    note = f"the model compared with {len(patterns)} patterns and {len(siblings)} siblings"
    waiting = any(material.applies(pattern.id) == "unknown" for pattern in evidence.patterns)
    partly = waiting or not siblings or material.cut
    return Covered(state="partly" if partly else "checked", note=note)


CALL = Call(
    name="overlap_consistency",
    answer=OverlapsAnswer,
    dimensions=("overlap", "consistency"),
    uses_tools=True,
    idle=_idle,
    values=_values,
    check=check,
    read=read,
)
