"""Words of `applies_when` that nothing knows: neither the vocabulary nor the office's `[facts]`.

Such a rule stays `unknown` for every proposal, so whoever keeps the knowledge has to hear of it.
Owns these problems only; knowledge does not know an office's settings, and this reads no file.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from agent.intake.applicability import AT_LEAST, wanted_values
from agent.intake.values import FactSettings, aliases, fact_names, known_values
from knowledge.entries import Pattern, Requirement, Source
from knowledge.reading import Knowledge
from knowledge.snapshot import Problem
from knowledge.vocabulary import ORDERED_FACTS, canonical


def strange_words(knowledge: Knowledge, settings: FactSettings) -> list[Problem]:
    """One problem for each fact and each value that a rule names and nothing knows, by place."""
    rules: tuple[Requirement | Pattern, ...] = (
        *knowledge.of(Requirement),
        *knowledge.of(Pattern),
    )
    return sorted({problem for rule in rules for problem in _of_rule(rule, settings)})


def _of_rule(rule: Requirement | Pattern, settings: FactSettings) -> Iterator[Problem]:
    for mapping in rule.applies_when:
        for key, values in mapping.items():
            for word, message in _of_fact(key, values, settings):
                told = f"{rule.id}: {message}; what depends on it stays unknown"
                yield Problem(rule.source.path, _line(rule.source, key, word), told)


def _of_fact(
    key: str, values: tuple[str, ...], settings: FactSettings
) -> Iterator[tuple[str, str]]:
    """The strange word and what to say of it."""
    name, names = canonical(key), fact_names(settings)
    if name not in names:
        yield key, f"`applies_when` names `{key}`, which is no fact{_meant(name, names)}"
        return
    for word in wanted_values(name, values, settings).strange:
        known = known_values(name, settings)
        if AT_LEAST.match(word) and name not in ORDERED_FACTS:
            yield word, f"`{key}: {word}`: only {', '.join(ORDERED_FACTS)} have levels"
            continue
        spelled = canonical(word.removeprefix(">="))
        near = _meant(spelled, known, aliases(name, settings))
        yield word, f"`{key}: {word}` is no value of `{name}`{near}"
    if not values:
        yield key, f"`applies_when` names no value of `{key}`"


def _meant(word: str, known: Iterable[str], more: Iterable[str] = ()) -> str:
    """The nearest word that is known, else all of them."""
    known = tuple(known)
    near = get_close_matches(word, (*known, *more), n=1)
    return f" (did you mean `{near[0]}`?)" if near else f", which are {', '.join(known)}"


def _line(source: Source, key: str, word: str) -> int:
    """The line where the word stands in the rule's `applies_when`; a table's row is one line."""
    lines = [] if source.one_line else source.text.split("\n")
    begins = next((n for n, line in enumerate(lines) if "applies_when" in line), 0)
    for wanted in (word, key):
        whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
        for number, line in enumerate(lines[begins:], start=begins):
            if whole.search(line):
                return source.line + number
    return source.line
