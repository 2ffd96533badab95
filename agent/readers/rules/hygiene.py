"""Hygiene: contradictions and unknown values of facts, hidden text, words to the reviewer. Pure.

Hidden text has no quote in the cleaned proposal; its trail says what was found and where.
"""

import re
from collections.abc import Iterator
from typing import Final

from agent.readers.rules.fields import unknown_fields
from agent.readers.rules.instructions import instructs
from agent.schema.assessment import Ask, Assessment, Claim, Covered, Look, Quote
from agent.schema.evidence import Evidence
from agent.schema.proposal import Fact, Proposal
from knowledge.patterns import lazy
from knowledge.text import Hidden
from knowledge.vocabulary import ORDERED_FACTS, Severity

STRICT_FACTS: Final = ("automation", "data")
"""Here a body stricter than the front matter changes what people are exposed to."""
_HARMLESS: Final = lazy(
    r"\s*(?:/?toc|table of contents|markdownlint|prettier|spell-?check\w*|cspell|textlint|eslint|"
    r"vale|todo|note|template|hint|tip|example|delete this|please (?:fill|describe|replace|delete)|"
    r"describe|fill in|optional|replace|insert|end|begin|section|page ?break|more|fixme|draft|"
    r"version|last (?:changed|updated)|author|copyright|source|see)\b",
    re.IGNORECASE,
)
_WORDS: Final = lazy(r"[^\W\d_]{3,}(?:[^\w]+[^\W\d_]{2,}){2,}")
_QUIET: Final = ("zero_width", "variation", "control", "bidi", "surrogate")
_SHOWN: Final = 3
KIND_WORDS: Final[dict[str, str]] = {
    "control": "control characters",
    "escape": "terminal escape sequences",
    "bidi": "characters that turn the reading direction",
    "zero_width": "zero-width characters",
    "tag": "invisible tag characters",
    "variation": "variation selectors",
    "surrogate": "broken characters",
    "markup": "text that a rendered page does not show",
}


def read(proposal: Proposal, evidence: Evidence) -> Assessment:
    """What is wrong with the file itself, before its content is judged."""
    claims = [
        *_conflicts(evidence),
        *_unknown_values(evidence),
        *_hidden(proposal),
        *_instructions(proposal),
    ]
    note = f"{len(proposal.sentences)} sentences and {len(proposal.hidden)} hidden places looked at"
    state = "checked"
    if not proposal.readable:
        note = "written in a language that the rules cannot read; only hidden text was looked for"
        state = "partly"
    strange = (f"line {line}: {says}" for line, says in unknown_fields(proposal, evidence.facts))
    note = "; ".join((note, *strange, *proposal.notes))
    return Assessment(
        reader="rules",
        claims=tuple(claims),
        questions=tuple(_questions(evidence)),
        coverage={"hygiene": Covered(state=state, note=note)},
    )


def _conflicts(evidence: Evidence) -> Iterator[Claim]:
    for name, fact in evidence.facts.items():
        if fact.origin != "conflict":
            continue
        said, declared = ", ".join(fact.values), ", ".join(fact.declared)
        yield Claim(
            rule="facts.conflict",
            subject=name,
            dimension="hygiene",
            severity="high" if name in STRICT_FACTS and _stricter(name, fact) else "medium",
            title=f"Front matter and text disagree on {name}: {declared} or {said}",
            claim=f"The stricter value, {said}, counts until somebody settles it.",
            ask=f"Say which holds for {name}, and correct the other place.",
            quotes=tuple(Quote(source=c.source, text=c.quote) for c in fact.citations),
        )


def _stricter(name: str, fact: Fact) -> bool:
    levels = ORDERED_FACTS[name]
    known = [levels.index(v) for v in fact.declared if v in levels]
    return any(v in levels and levels.index(v) > max(known, default=-1) for v in fact.values)


def _unknown_values(evidence: Evidence) -> Iterator[Claim]:
    """A value that no vocabulary knows fails closed, and the team should hear of it."""
    for name, fact in evidence.facts.items():
        waiting = _waiting(evidence, name)
        if not fact.unknown_values or not waiting:
            continue
        words = ", ".join(fact.unknown_values)
        yield Claim(
            rule="facts.unknown",
            subject=name,
            dimension="hygiene",
            severity="low",
            title=f"`{words}` is no known value of {name}",
            claim=f"Whether {_some(waiting)} apply rests on it, so they stay open.",
            ask=_how(name),
            quotes=tuple(Quote(source=c.source, text=c.quote) for c in fact.citations),
            searched=(
                Look(source="proposal", text="", why=f"the vocabulary of {name} has no `{words}`"),
            ),
        )


def _questions(evidence: Evidence) -> Iterator[Ask]:
    """One question a fact on which a pattern waits; requirements ask their own."""
    patterns = {p.id for p in evidence.patterns}
    for name in evidence.facts:
        waiting = [id_ for id_ in _waiting(evidence, name) if id_ in patterns]
        if waiting:
            yield Ask(text=_how(name), about=name, changes=tuple(waiting))


def _waiting(evidence: Evidence, fact: str) -> list[str]:
    rows = evidence.applicable.values()
    return [r.id for r in rows if r.applies == "unknown" and fact in r.depends_on]


def _how(name: str) -> str:
    levels = ORDERED_FACTS.get(name)
    known = f" (one of {', '.join(levels)})" if levels else ""
    return f"State `{name}` in the front matter{known}."


def _some(ids: list[str]) -> str:
    more = f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else ""
    return ", ".join(ids[:_SHOWN]) + more


def _hidden(proposal: Proposal) -> Iterator[Claim]:
    """One finding for all hidden text of a file; its severity is that of the worst place."""
    places = [h for h in proposal.hidden if not _harmless(h)]
    if not places:
        return
    speaks = [h for h in places if _spells_words(h)]
    severity: Severity = "high" if speaks else "medium" if _grave(places) else "low"
    kinds = ", ".join(dict.fromkeys(KIND_WORDS[h.kind] for h in places))
    shown = sorted(places, key=lambda h: (h not in speaks, h.line, h.col))
    yield Claim(
        rule="text.hidden",
        dimension="hygiene",
        severity=severity,
        title="Hidden text in the file" if speaks else "Hidden characters in the file",
        claim=f"{len(places)} place{'s' if len(places) != 1 else ''} with {kinds}.",
        ask="Take the hidden text out, or say why it is there.",
        searched=tuple(Look(source="proposal", text="", why=_place(h)) for h in shown[:8]),
    )


def _harmless(hidden: Hidden) -> bool:
    """Comments of editors and templates, which no reader misses."""
    if hidden.kind != "markup" or instructs(hidden.text):
        return False
    return bool(_HARMLESS.match(hidden.text)) or not _WORDS.search(hidden.text)


def _spells_words(hidden: Hidden) -> bool:
    if hidden.kind in ("tag", "variation", "markup"):
        return bool(_WORDS.search(hidden.text)) or instructs(hidden.text)
    return False


def _grave(places: list[Hidden]) -> bool:
    """A stray zero-width space comes from copying; several, or anything that steers, does not."""
    if any(h.kind not in _QUIET for h in places):
        return True
    return sum(h.count for h in places) >= _SHOWN or any(h.kind == "bidi" for h in places)


def _place(hidden: Hidden) -> str:
    size = f"{hidden.count} in all"
    if hidden.kind == "markup":
        size = "1 character" if hidden.count == 1 else f"{hidden.count} characters"
    what = f"{KIND_WORDS[hidden.kind]}, {size}"
    says = f", which read: {hidden.text}" if _spells_words(hidden) else f" ({hidden.text})"
    return f"line {hidden.line}, column {hidden.col}: {what}{says}"


def _instructions(proposal: Proposal) -> Iterator[Claim]:
    said = [s for s in proposal.sentences if instructs(s.text)]
    hidden = [h for h in proposal.hidden if instructs(h.text)]
    if not said and not hidden:
        return
    yield Claim(
        rule="text.instructs_reviewer",
        dimension="hygiene",
        severity="high",
        title="The text tells its reviewer what to conclude",
        claim="It speaks to a reviewer or a model instead of describing the system. "
        "Concord does not follow it.",
        ask="Take it out, and say who put it there.",
        quotes=tuple(Quote(source="proposal", text=s.text, start=s.start) for s in said[:3]),
        searched=tuple(Look(source="proposal", text="", why=_place(h)) for h in hidden[:3]),
    )
