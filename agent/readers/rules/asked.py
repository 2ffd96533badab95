"""One requirement made ready to be looked for: its cues, its topic, its vocabulary.

Owns what is looked for only; where it stands in a text is `signs.py`'s.
"""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from agent.intake.words import stem, vocabulary, words
from agent.readers.rules.cues import Cue, Term, compile_cue, compile_prose, one
from agent.readers.rules.lexicon import DENIALS, STOP, families, talk
from agent.readers.rules.practices import Ready, practice_of
from knowledge.entries import Requirement

BANAL: Final = vocabulary(
    "ai person human customer user data system decision output model case claim text letter "
    "answer result outcome tool assistant content service name write written people automated "
    "under above below within before after without over beyond day week month year hour use make "
    "all process include need provide each time application file work way part number group take "
    "business product information officer staff can may set new first second main run"
)
"""Words of every proposal: alone they tie a sentence to no requirement."""
WEAK: Final = vocabulary(
    "do done say said get got give go goes show shown take took see seen ask asked look name set "
    "open place out own let put hold held keep find found call need want come offer read pass run "
    "start end stop begin turn try part point line list word day one two first last next new old "
    "good high low large small right left up down back off know known think feel add move carry "
    "reach meet leave stay remain become make made state tell told plan cover help allow require "
    "handler agent team desk manager colleague staff member people worker role head lead office "
    "screen page mail message post phone button link form question note sentence report draft "
    "number rate figure value amount price share per percent euro year month week time second "
    "different other same such own both each every all any open close closed clear sure real live "
    "work works working field answer conversation product complete"
)
"""Words that many cues hold among others: a sentence that shares only these is not near."""


class Asked(NamedTuple):
    """A requirement as it is looked for."""

    id: str
    cues: tuple[Cue, ...]
    prose: tuple[Cue, ...]
    """Title and text, where the office wrote no cues."""
    title: frozenset[str]
    """Content stems of the title."""
    topic: str
    """The stem of the title that says most of what it is about."""
    known: frozenset[str]
    """Every stem of title and cues."""
    topics: frozenset[str]
    """The topic and what may stand for it."""
    family: frozenset[str]
    """`known` and what may stand for each."""
    telling: tuple[Term, ...]
    """For near misses: the words of the title that say something, and what may stand for them."""
    practice: Ready | None = None
    """How teams write of the measure, where the title names one of the field."""


@lru_cache(maxsize=4096)
def prepare(id_: str, title: str, text: str, look_for: tuple[str, ...]) -> Asked:
    cues = tuple(cue for cue in map(compile_cue, look_for) if cue.terms)
    content = [s for s in map(stem, words(title)) if s not in talk() and not _small(s)]
    prose = () if cues else (compile_prose(title), compile_prose(text))
    known = frozenset(s for cue in (*cues, *prose) for t in cue.terms for s in t.stems)
    known |= frozenset(content)
    counts = Counter(s for cue in cues for t in cue.terms for s in t.stems)
    banal = banal_stems()
    weak = weak_stems()
    telling = [s for s in content if s not in banal and s not in weak] or content
    topic = max(telling, key=lambda s: (counts[s], -content.index(s)), default="")
    return Asked(
        id_,
        cues,
        prose,
        frozenset(content),
        topic,
        known,
        widened({topic}),
        widened(known),
        tuple(one(root) for root in sorted(widened(telling))),
        practice_of(title),
    )


def asked_of(requirement: Requirement) -> Asked:
    return prepare(requirement.id, requirement.title, requirement.text, requirement.look_for)


def widened(roots: Iterable[str]) -> frozenset[str]:
    """The stems and all that may stand for them."""
    family = families()
    return frozenset(s for root in roots for s in family.get(root, frozenset({root})))


def _small(root: str) -> bool:
    return root in STOP or root in DENIALS or len(root) < 2


@lru_cache(maxsize=1)
def weak_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in WEAK)


@lru_cache(maxsize=1)
def banal_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in BANAL)
