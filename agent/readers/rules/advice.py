"""What a team should do about something that exists: join, extend or justify, and why.

Owns what would be missing to reuse it, the disposition and its reason in one sentence; what is
retired is never recommended. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeGuard

from agent.intake.query import search_text
from agent.readers.rules.behaviours import Said as Behaviour
from agent.readers.rules.facet_behaviour import stricter
from agent.readers.rules.results import content
from agent.readers.rules.retirement import retired
from agent.readers.rules.reuse import Said
from agent.readers.rules.sides import Other, key_of, side_of
from agent.schema.evidence import Evidence, LastReview, Pending
from agent.schema.proposal import Fact, Proposal
from knowledge.entries import Capability, Precedent
from knowledge.vocabulary import BEHAVIOURS, DECIDED, ORDERED_FACTS, Disposition, Likeness, Relation

RETIRED: Final = "it is retired"
PLANNED: Final = "it is planned, not yet running"
SMALL: Final = (
    *(f"{name}: " for name in BEHAVIOURS if name != "automation"), RETIRED, PLANNED
)  # fmt: skip
"""How a need begins that is set or waited for, not built."""
NAMED: Final = 3


class Advice(NamedTuple):
    disposition: Disposition
    reason: str
    """One sentence."""


def is_rejected(other: Other) -> bool:
    return isinstance(other, Precedent) and other.outcome == "reject"


def is_retired(other: Other) -> TypeGuard[Capability]:
    return isinstance(other, Capability) and other.status == "retired"


def over(other: Other) -> str:
    """Why nothing may be built on it, in a sentence; empty: something may."""
    if is_retired(other):
        return retired(other)
    if isinstance(other, Precedent) and other.ended:
        gone = f"{other.ended}, which came of it, is retired"
        return f"{_decided(other)}; {gone}: what it did may be learnt from, not joined."
    return ""


# --- what would be missing -------------------------------------------------------------------


def missing(
    proposal: Proposal, evidence: Evidence, other: Other, said: Sequence[Behaviour] = ()
) -> tuple[str, ...]:
    """What the proposal needs and a capability does not offer, as far as its entry says; of
    another team's proposal nothing is there to be reused."""
    if not isinstance(other, Capability):
        return ()
    found = [*_facts(evidence.facts, other), *_systems(evidence, other)]
    found.extend(_excluded(search_text(proposal), other))
    found.extend(stricter(said, other))
    if other.status == "retired":
        found.append(RETIRED)
    elif other.status == "planned":
        found.append(PLANNED)
    return tuple(found)


def adds(facets: Mapping[str, Likeness], needs: Sequence[str]) -> bool:
    """Whether something is more or other than there; one more system to work with is not, nor is
    how it behaves."""
    differs = any(v == "different" for name, v in facets.items() if name != "behaviour")
    return differs or any(not need.startswith(("system: ", *SMALL)) for need in needs)


def _facts(facts: Mapping[str, Fact], other: Capability) -> list[str]:
    side = side_of(other).facts
    found: list[str] = []
    for name, called in (
        ("audience", "users"),
        ("affected", "people affected"),
        ("domain", "domain"),
    ):
        lacking = sorted(set(facts.get(name, Fact()).values) - set(side.get(name, ())))
        if lacking and side.get(name):
            found.append(f"{called}: {', '.join(lacking)}")
    for name in ("data", "automation"):
        own, offered = facts.get(name, Fact()).values, side.get(name, ())
        levels = ORDERED_FACTS[name]
        if own and offered and levels.index(own[-1]) > levels.index(offered[-1]):
            found.append(f"{name}: {own[-1]} (it works with {offered[-1]})")
    return found


def _systems(evidence: Evidence, other: Capability) -> list[str]:
    """Systems and data sets that the proposal names and the capability does not work with."""
    if not other.systems:
        return []
    mentioned = {mention.entry for mention in evidence.mentions}
    named = {a.title for a in evidence.assets if a.id in mentioned}
    return [f"system: {title}" for title in sorted(named - set(other.systems))]


def _excluded(query: str, other: Capability) -> list[str]:
    """Exclusions of the capability's scope that speak of what the proposal wants."""
    wanted = content(query)
    return [
        f"its scope excludes {phrase}"
        for phrase in other.scope.excludes
        if content(phrase) and content(phrase) <= wanted
    ]


# --- what to do ------------------------------------------------------------------------------


def advise(
    relation: Relation,
    other: Other,
    facets: Mapping[str, Likeness],
    needs: Sequence[str],
    said: Said,
    review: LastReview | None = None,
) -> Advice:
    """Join what does the job as it is, extend what lacks something, justify what cannot serve."""
    if reason := over(other):
        return Advice("none", reason)
    if is_rejected(other) and relation in ("duplicate", "extends"):
        return Advice("justify", f"{_decided(other)}: what is different now has to be shown.")
    if relation == "extends":
        return Advice("extend", _and_open(_extends(other, facets, needs, said), review))
    if relation == "shares_part":
        return Advice("none", _shares(facets, said))
    if relation == "unrelated":
        return Advice("none", "Too little in common.")
    if said.differs:
        words = " ".join(said.differs[0].text.split()).rstrip(".")
        return Advice(
            "justify", f"It does the same job, and the text says how it differs: “{words}”."
        )
    if lacking := [need for need in needs if not need.startswith(SMALL)]:
        lacks = f"{_does(other)} the same job and lacks {_listed(lacking)}"
        return Advice("extend", _and_open(lacks, review))
    return Advice("join", _and_open(_same(other, needs), review))


def _same(other: Other, needs: Sequence[str]) -> str:
    if isinstance(other, Pending):
        return "Both wait for a decision and seem to be for the same job"
    if isinstance(other, Precedent):
        return f"{_decided(other)} and was to do the same job"
    small = [need for need in needs if need != PLANNED]
    lacks = f"what differs is {_listed(small)}" if small else "nothing is known to be missing"
    return f"{_does(other)} the same job, and {lacks}"


def _does(other: Other) -> str:
    if isinstance(other, Pending):
        return "It is to do"
    if isinstance(other, Precedent):
        return "It was to do"
    known = {"planned": "It is planned to do", "pilot": "It does, as a pilot,"}
    return known.get(other.status or "", "It does")


def _extends(other: Other, facets: Mapping[str, Likeness], needs: Sequence[str], said: Said) -> str:
    known = said.declared or said.builds
    start = f"{_does(other)} the same job{_on_new_ground(facets)}"
    if facets.get("purpose") == "similar":
        start = f"{_does(other)} the same kind of job on something else{_on_new_ground(facets)}"
    if known:
        start = "The team builds on it"
    if lacking := [need for need in needs if need not in (PLANNED, RETIRED)]:
        return f"{start}; it lacks {_listed(lacking)}"
    if said.adds:
        words = " ".join(said.adds[0].text.split()).rstrip(".")
        return f"{start} and says what it adds: “{words}”"
    return start if isinstance(other, Capability) else f"{start}; one system could serve both"


def _shares(facets: Mapping[str, Likeness], said: Said) -> str:
    if said.uses:
        return "Its results are taken as an input, which is no second system for the same job."
    differ = _names(facets, "different")
    one = not differ.endswith("s") and "," not in differ and " and " not in differ
    tail = f"; {differ} {'differs' if one else 'differ'}"
    piece = f"A piece is alike{_the_same(facets)}" if not said.mentioned else "The text names it"
    return f"{piece}, but not the whole job{tail if differ else ''}."


def _on_new_ground(facets: Mapping[str, Likeness]) -> str:
    differ = _names(facets, "different")
    return f" (different: {differ})" if differ else ""


def _the_same(facets: Mapping[str, Likeness]) -> str:
    same = _joined([name for name, v in facets.items() if v == "same" and name != "purpose"])
    return f" (the same: {same})" if same else ""


def _names(facets: Mapping[str, Likeness], value: Likeness) -> str:
    return _joined([name for name, v in facets.items() if v == value])


def _listed(needs: Sequence[str]) -> str:
    more = len(needs) - NAMED
    return "; ".join(needs[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _joined(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:-1]) + " and " + listed[-1] if len(listed) > 1 else "".join(listed)


def _decided(other: Other) -> str:
    when = f" on {other.decided}" if isinstance(other, Precedent) and other.decided else ""
    outcome = other.outcome if isinstance(other, Precedent) else ""
    return f"{key_of(other)} {DECIDED.get(outcome, 'was decided')}{when}"


def _and_open(reason: str, review: LastReview | None) -> str:
    """What the last review left open goes with whoever joins."""
    count = len(review.open_conditions) if review else 0
    if review and review.outcome == "reject":
        reason += "; but its last review rejected it"
    if not count:
        return f"{reason}."
    are = "condition of its last review is" if count == 1 else "conditions of its last review are"
    return f"{reason}; {count} {are} still open."
