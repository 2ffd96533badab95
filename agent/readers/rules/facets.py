"""How a proposal and something that exists compare, facet by facet, and what would be missing.

Facets are facts and words only; what follows from them is decided in overlap.py. Pure.
"""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from agent.intake.language import stem, words
from agent.intake.values import resolve
from agent.readers.rules.lexicon import STOP
from agent.schema.evidence import Evidence, Pending
from agent.schema.proposal import Fact
from knowledge.entries import Capability, Precedent
from knowledge.patterns import lazy
from knowledge.vocabulary import ORDERED_FACTS, Likeness

Other = Capability | Pending | Precedent
SAME_PURPOSE: Final = 0.5
SIMILAR_PURPOSE: Final = 0.3
WEIGHTS: Final[dict[str, tuple[float, float]]] = {
    # log-odds that a facet adds when it is the same (half when similar), and when it is different
    # Set by hand. In one house nearly everything shares people, data and trade: that they are the
    # same says little, that they differ says much; the same results say most.
    "users": (0.2, -0.6),
    "affected": (0.0, -0.4),
    "data": (0.1, -0.4),
    "automation": (0.3, -0.4),
    "outputs": (2.6, -0.6),
    "domain": (0.3, -1.0),
}
_OUTPUTS: Final[dict[str, str]] = {
    "note": r"(?<!sick )(?:notes?|minutes|summar(?:y|ies|ises?|izes?|ised|ized)|"
    r"condens\w+)",
    "letter": r"letters?|mails?|e-?mails?|repl(?:y|ies)|messages?|drafts?",
    "answer": r"answers? (?:the |a |their |any )?(?:\w+ )?questions?|chat ?bot|customer chat|"
    r"question bot|ask in their own words|asks? (?:it|the assistant)|asking the \w+ \w+ assistant",
    "translation": r"translat\w+",
    "order": r"ranks?|ranking|ranked|prioriti[sz]\w+|in an order|the order of|queue",
    "score": r"scores?|scoring|risk class|likelihood|probability",
    "forecast": r"forecasts?|predicts?|prediction|estimates?",
    "alert": r"alerts?|flags?|signals?|warns?|suspicious|anomal\w+|fraud",
    "category": r"categor\w+|classif\w+|rout(?:es?|ed|ing)|assigns?|triage\w*|sorts?",
    "extraction": r"extract\w*|reads? (?:the |scanned )?(?:documents?|invoices?|forms?)|prefill\w*|"
    r"recogni[sz]\w+|ocr",
    "search": r"search\w*|finds? (?:the )?(?:clauses?|paragraphs?|documents?|passages?)|retriev\w+",
    "price": r"prices?|pricing|premiums?|discounts?|tariffs?",
    "appointment": r"appointments?|schedul\w+|bookings?|books? (?:a|an|the)|dispatch\w*|visits?",
    "decision": r"declin\w+|refus\w+|pays? out|payouts?|approves?|rejects?|eligib\w+",
    "code": r"source code|program code|unit tests?|code assistant",
    "transcript": r"transcri\w+|speech[- ](?:to|recogni\w+)|written words|spoken words",
    "image": r"photos?|images?|pictures?|damage assessment",
}
_OUTPUT: Final = lazy(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _OUTPUTS.items())
    + r")(?![\w-])"
)


class Side(NamedTuple):
    """What is known of one side of the comparison."""

    facts: Mapping[str, tuple[str, ...]]
    text: str


def side_of(other: Other) -> Side:
    """The facts and the words of something that exists or is proposed elsewhere."""
    match other:
        case Capability():
            written = {
                "automation": (other.automation,) if other.automation else (),
                "audience": other.audience,
                "affected": other.affected,
                "data": other.data,
                "domain": other.domain,
            }
            resolved = {name: resolve(name, values, {})[0] for name, values in written.items()}
            return Side(resolved, "\n".join((other.title, *other.scope.covers, other.body)))
        case Pending():
            return Side(other.facts, f"{other.title}\n{other.text}")
        case Precedent():
            return Side({}, f"{other.title}\n{other.body}")


def compare(facts: Mapping[str, Fact], query: str, other: Side) -> dict[str, Likeness]:
    """Facet → same | similar | different | unknown; the purpose is left to `purpose_of`."""
    own = {name: fact.values for name, fact in facts.items()}
    return {
        "purpose": "unknown",
        "users": _sets(own.get("audience", ()), other.facts.get("audience", ())),
        "affected": _sets(own.get("affected", ()), other.facts.get("affected", ())),
        "data": _levels("data", own.get("data", ()), other.facts.get("data", ())),
        "automation": _levels(
            "automation", own.get("automation", ()), other.facts.get("automation", ())
        ),
        "outputs": _outputs_of(outputs(query), outputs(other.text[:1500])),
        "domain": _sets(own.get("domain", ()), other.facts.get("domain", ())),
    }


def purpose_of(probability: float) -> Likeness:
    """The facet that follows from how likely both are the same thing."""
    if probability >= SAME_PURPOSE:
        return "same"
    return "similar" if probability >= SIMILAR_PURPOSE else "different"


def outputs(text: str) -> tuple[str, ...]:
    """Kinds of result that a text speaks of."""
    return tuple(sorted({m.lastgroup for m in _OUTPUT.finditer(text.lower()) if m.lastgroup}))


def _sets(own: tuple[str, ...], others: tuple[str, ...]) -> Likeness:
    if not own or not others:
        return "unknown"
    shared = set(own) & set(others)
    if not shared:
        return "different"
    return "same" if 2 * len(shared) >= len(set(own) | set(others)) else "similar"


def _outputs_of(own: tuple[str, ...], others: tuple[str, ...]) -> Likeness:
    """One kind of result in common is little: letters and notes are everywhere."""
    facet = _sets(own, others)
    return "similar" if facet == "same" and len(set(own) & set(others)) < 2 else facet


def _levels(name: str, own: tuple[str, ...], others: tuple[str, ...]) -> Likeness:
    if not own or not others:
        return "unknown"
    levels = ORDERED_FACTS[name]
    apart = abs(levels.index(own[-1]) - levels.index(others[-1]))
    return "same" if apart == 0 else "similar" if apart == 1 else "different"


def missing(facts: Mapping[str, Fact], systems: Iterable[str], other: Capability) -> list[str]:
    """What the proposal needs and the capability does not offer, as far as its entry says."""
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
    if other.systems:
        found.extend(f"system: {s}" for s in sorted(set(systems) - set(other.systems)))
    return found


def excluded(query: str, other: Capability) -> list[str]:
    """Exclusions of the capability's scope that speak of what the proposal wants."""
    wanted = content(query)
    return [
        f"its scope excludes {phrase}"
        for phrase in other.scope.excludes
        if content(phrase) and content(phrase) <= wanted
    ]


def content(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(stem(word) for word in words(text) if word not in STOP and len(word) > 2)


def named_systems(evidence: Evidence) -> tuple[str, ...]:
    """Titles of the systems and data sets that the proposal names."""
    mentioned = {mention.entry for mention in evidence.mentions}
    return tuple(a.title for a in evidence.assets if a.id in mentioned)
