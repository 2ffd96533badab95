"""The facts of a proposal: what its front matter declares and what its body says, with quotes.

The body beats the front matter: where the team declares less than the body says, that is a conflict
and the stricter value counts until a person settles it. Nothing is guessed; unknown stays unknown.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from agent.intake.contradiction import contradicts
from agent.intake.cues import automation, data, making, people, place
from agent.intake.cues.passage import (
    READ_OF,
    Passage,
    Renaming,
    Sight,
    negated,
    of_another_system,
    passages,
)
from agent.intake.values import (
    FactSettings,
    aliases,
    fact_names,
    known_values,
    meaning,
    resolve,
    setting,
    strictest,
)
from agent.schema.proposal import Citation, Fact, Proposal
from knowledge.vocabulary import CLOSED_SETS, FACTS, ORDERED_FACTS, Origin, canonical

CUES: Final = (automation.see, data.see, people.see, making.see, place.see)
QUOTES_A_FACT: Final = 3
OPEN: Final = frozenset(FACTS) - set(ORDERED_FACTS) - set(CLOSED_SETS)
NO_OVERRIDES: Mapping[str, tuple[str, ...]] = {}


class Seen(NamedTuple):
    """A value with the sentence that states it."""

    value: str
    weak: bool
    citation: Citation


def read_facts(
    proposal: Proposal,
    settings: FactSettings,
    overrides: Mapping[str, tuple[str, ...]] = NO_OVERRIDES,
) -> dict[str, Fact]:
    """Every known fact by name, in the vocabulary's order; `overrides` are a person's values."""
    seen = _seen(proposal, settings) if proposal.readable else {}
    settled = {canonical(name): values for name, values in overrides.items()}
    facts: dict[str, Fact] = {}
    for name in fact_names(settings):
        if name in settled:
            known, unknown = resolve(name, settled[name], settings)
            facts[name] = Fact(values=known, origin="person", unknown_values=unknown)
        else:
            facts[name] = _fact(name, proposal, settings, seen.get(name, []))
    return facts


def _fact(name: str, proposal: Proposal, settings: FactSettings, seen: list[Seen]) -> Fact:
    """Declared and seen, joined."""
    written = _written(name, proposal)
    declared, unknown = resolve(name, written, settings)
    if not declared and not unknown:
        values = strictest(name, (sight.value for sight in seen))
        origin: Origin = "inferred" if values else "unknown"
        return Fact(values=values, origin=origin, citations=_quotes(seen, values))
    front = _front_matter(name, proposal)
    strong = [sight for sight in seen if not sight.weak]
    values = strictest(name, (*declared, *(sight.value for sight in strong)))
    added = [sight for sight in strong if sight.value in values and sight.value not in declared]
    if not added or name in OPEN:
        agreeing = [sight for sight in seen if sight.value in declared]
        quotes = (*front, *_quotes(agreeing, declared))
        return Fact(values=declared, origin="declared", citations=quotes, unknown_values=unknown)
    against = contradicts(name, declared, [sight.value for sight in strong])
    return Fact(
        values=values,
        origin="conflict" if against else "inferred",
        citations=(*_quotes(added, values), *front),
        declared=tuple(written) if against else (),
        unknown_values=unknown,
    )


def _written(name: str, proposal: Proposal) -> tuple[str, ...]:
    """Values as declared; a fact of the office may stand among fields the parser did not know."""
    declared = proposal.declared
    found = [
        v for key in sorted(declared.facts) if canonical(key) == name for v in declared.facts[key]
    ]
    if name not in FACTS:
        for key in sorted(declared.other):
            if canonical(key) == name:
                found.extend(value.strip() for value in declared.other[key].split(","))
    return tuple(found)


def _seen(proposal: Proposal, settings: FactSettings) -> dict[str, list[Seen]]:
    """Sightings in the body, by fact, in the order of the text."""
    own_words = _own_words(settings)
    found: dict[str, list[Seen]] = {}
    for passage in passages(proposal, _renaming(settings)):
        sights = [sight for see in CUES for sight in see(passage)]
        sights.extend(_office_words(passage, own_words, settings))
        if not sights or of_another_system(passage):
            continue
        for sight in dict.fromkeys(sights):
            start = passage.sentence.start
            cited = cite(proposal, start, min(passage.sentence.end, start + READ_OF))
            found.setdefault(sight.fact, []).append(Seen(sight.value, sight.weak, cited))
    for domain in place.domains(proposal.title):
        for start in _title_offsets(proposal):
            cited = cite(proposal, start, start + len(proposal.title))
            found.setdefault("domain", []).append(Seen(domain, True, cited))
    return found


def _renaming(settings: FactSettings) -> Renaming:
    """Words that this office has for the groups that the cues know, in both numbers."""
    words: dict[str, str] = {}
    for name in ("affected", "audience"):
        known = CLOSED_SETS[name]
        for alias, value in setting(name, settings).aliases.items():
            plural, group = canonical(alias).replace("_", " "), canonical(value)
            if group in known:
                words[plural] = group.replace("_", " ")
                words[plural.removesuffix("s")] = group.removesuffix("s").replace("_", " ")
    return Renaming(words)


def _title_offsets(proposal: Proposal) -> list[int]:
    start = proposal.source.text.find(proposal.title) if proposal.title else -1
    return [start] if start >= 0 else []


OfficeWords = tuple[tuple[str, str, re.Pattern[str]], ...]


def _own_words(settings: FactSettings) -> OfficeWords:
    """(fact, its name as words, pattern of its values) for the facts that only this office has."""
    words: list[tuple[str, str, re.Pattern[str]]] = []
    for name in fact_names(settings):
        values = (*known_values(name, settings), *aliases(name, settings))
        spelled = [_spelled(value) for value in values if len(value) >= 3]
        if name in FACTS or not spelled:
            continue
        longest_first = "|".join(sorted(spelled, key=len, reverse=True))
        pattern = re.compile(rf"(?<![\w-])({longest_first})(?![\w-])")
        words.append((name, _spelled(name), pattern))
    return tuple(words)


def _spelled(value: str) -> str:
    return "[ _-]".join(re.escape(part) for part in value.split("_"))


def _office_words(
    passage: Passage, own_words: OfficeWords, settings: FactSettings
) -> Iterable[Sight]:
    """A value of an office's own fact counts where the fact itself is named beside it."""
    if passage.aside:
        return
    for name, called, pattern in own_words:
        if not re.search(rf"\b{called}s?\b", f"{passage.topic} {passage.text}"):
            continue
        for seen in pattern.finditer(passage.text):
            value = meaning(name, seen.group(1), settings)
            if value and not negated(passage.text, seen.start()):
                yield Sight(name, value, weak=True)


def cite(proposal: Proposal, start: int, end: int) -> Citation:
    """A checked citation of the proposal's own text [start, end)."""
    quote = proposal.source.text[start:end]
    line_start, col_start = proposal.source.position(start)
    line_end, col_end = proposal.source.position(end - 1)
    return Citation(
        source="proposal",
        section=section_of(proposal, start),
        line_start=line_start,
        line_end=line_end,
        col_start=col_start,
        col_end=col_end + 1,
        quote=quote,
        claimed=quote,
        check="exact",
    )


def section_of(proposal: Proposal, offset: int) -> str:
    """Headings above an offset, outermost first; empty above the first and in the front matter."""
    for section in proposal.sections:
        if section.start <= offset < section.end:
            return " > ".join(section.path)
    return ""


def _quotes(seen: Iterable[Seen], values: tuple[str, ...]) -> tuple[Citation, ...]:
    """One sentence for each value first, then others, at most three in all."""
    counted = [sight for sight in seen if sight.value in values]
    firsts = {sight.value: sight for sight in reversed(counted)}
    ordered = [*sorted(firsts.values(), key=lambda s: s.citation.line_start or 0), *counted]
    distinct = {(s.citation.line_start, s.citation.col_start): s.citation for s in ordered}
    return tuple(list(distinct.values())[:QUOTES_A_FACT])


def _front_matter(name: str, proposal: Proposal) -> tuple[Citation, ...]:
    """The front matter's line of a fact."""
    lines = sorted(proposal.declared_lines)
    keys = [key for key in lines if canonical(key.removeprefix("facts.")) == name]
    if not keys:
        return ()
    text = proposal.source.text
    start = proposal.source.offset(proposal.declared_lines[keys[0]])
    end = re.compile(r"[\r\n]|\Z").search(text, start)
    stop = end.start() if end else len(text)
    line = text[start:stop]
    start += len(line) - len(line.lstrip())
    stop = start + len(line.strip())
    return (cite(proposal, start, stop),) if stop > start else ()
