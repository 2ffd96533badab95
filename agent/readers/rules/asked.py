"""One requirement made ready to be looked for: its cues, its topic, its vocabulary.

Owns what is looked for only; where it stands in a text is `signs.py`'s.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from agent.intake.words import stem, vocabulary, words
from agent.readers.rules.cues import Cue, Term, compile_cue, compile_prose, plain_term
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


@dataclass(frozen=True, slots=True)
class Asked:
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
    terms: tuple[Term, ...]
    """For near misses: each different word once."""
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
    telling = [s for s in content if s not in banal] or content
    topic = max(telling, key=lambda s: (counts[s], -content.index(s)), default="")
    terms = {t.written: t for cue in (*cues, *prose) for t in cue.terms if not t.optional}
    for word in words(title):
        if stem(word) in content:
            terms.setdefault(word, plain_term(word))
    return Asked(
        id_,
        cues,
        prose,
        frozenset(content),
        topic,
        known,
        widened({topic}),
        widened(known),
        tuple(terms[written] for written in sorted(terms)),
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
def banal_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in BANAL)
