"""A sentence as the cues read it: its words, its topic, and whether it speaks of this system.

Sentences about today's way of working, another system, a later phase, a wish, a rule restated or a
question set no fact. Knows no fact by name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from agent.intake.language import judge
from agent.schema.proposal import Proposal, Sentence
from knowledge.patterns import lazy

READ_OF: Final = 800
"""Characters read of one sentence: no one writes longer ones to be read."""
READ: Final = frozenset({"prose", "item", "row"})
LABEL: Final = lazy(r"[\s|*_#>+-]*([^\W\d_][\w/'()&-]*(?: [\w/'()&-]+){0,4})[\s*_?]*[:|][\s*_]*")
ASIDE_TOPIC: Final = lazy(
    r"\b(background|context|problem|pain points?|as[ -]is|status quo|today|current(ly)?|"
    r"alternatives?|considered|rejected|options|out of scope|non[ -]?goals?|not in scope|"
    r"future|later|roadmap|outlook|next steps?|vision|glossary|market|competitors?|references|"
    r"lessons|other teams|appendix|left out|excluded|not used|excludes)\b"
)
ASIDE: Final = lazy(
    r"^(today|currently|at present|at the moment|until now|up to now|nowadays|so far|right now|"
    r"as of now|presently|in the past|historically|previously|formerly)\b|"
    r"\b(by hand|existing (?:process|tool|system|service|bot|model|workflow)|current process|"
    r"today's process|these days|nowadays)\b|"
    r"\b(at|in) other (companies|insurers|banks|organi[sz]ations|agencies)\b"
)
LATER: Final = lazy(
    r"\b(later (on|phase|stage|version|release|step)|at a later|in (the )?future|eventually|"
    r"some ?day|one day|in the long (run|term)|long[- ]term|phase (2|3|4|two|three|four|ii|iii)|"
    r"(second|third|next|further) (phase|stage|version|release|step)|next year|roadmap|"
    r"could|might|would (mean|be possible|have)|if (it|this|the pilot) (works|succeeds|goes well)|"
    r"once (it is |it has )?proven|not yet|considered and rejected|we (considered|rejected)|"
    r"we (ruled|decided) (out|against))\b"
)
RULE: Final = lazy(
    r"\b(policy|policies|law|regulations?|directive|standard|gdpr|ai act|acts?|fairness|"
    r"legislation|framework|rules?)\b.{0,60}\b"
    r"(requires?|mandates?|obliges?|demands?|forbids?|prohibits?|speaks? of|says|states)\b"
)
NEGATION: Final = lazy(
    r"\b(no|not|never|nothing|nobody|none|neither|nor|without|cannot|\w+n['’]t|free of|"
    r"exclud\w+|instead of|rather than|refrains?)\b(?! (only|just|later than|more than|merely))"
)
CLAUSE: Final = lazy(
    r"[;:–—]|\.\s|,? \b(but|whereas|while|however|although|though|only|"
    r"otherwise|all others?|everything else|above that|below that)\b"
)


class Sight(NamedTuple):
    """A value that one sentence states for one fact."""

    fact: str
    value: str
    weak: bool = False
    """Enough to fill a gap, too little to contradict what the team declares."""


class Passage(NamedTuple):
    sentence: Sentence
    text: str
    """Lower-cased, quotation marks straight, white space single, the office's words for groups of
    people replaced by the vocabulary's."""
    topic: str
    """Lower-cased headings, label and the form's question that it stands under."""
    aside: bool
    """About today's way of working, a later phase or what was ruled out: sets no fact."""

    def clauses(self) -> Iterator[str]:
        start = 0
        for cut in CLAUSE.finditer(self.text):
            yield self.text[start : cut.start()]
            start = cut.start()
        yield self.text[start:]


@dataclass(frozen=True)
class Renaming:
    """The office's own words for groups of people (`members` → `customers`)."""

    words: Mapping[str, str]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        spelled = "|".join(re.escape(w) for w in sorted(self.words, key=lambda w: (-len(w), w)))
        return re.compile(rf"(?<![\w-])(?<!team )(?<!staff )(?<!board )({spelled})(?! of)(?![\w-])")

    def apply(self, text: str) -> str:
        if not self.words:
            return text
        return self.pattern.sub(lambda found: self.words[found.group(1)], text)


def negated(clause: str, end: int) -> bool:
    """Does a negation stand in the clause before offset `end`?"""
    return NEGATION.search(clause, 0, end) is not None


def passages(proposal: Proposal, renaming: Renaming) -> Iterator[Passage]:
    """The sentences that may state a fact, in their order."""
    asked, asked_in = "", -1
    for sentence in proposal.sentences:
        if sentence.kind == "question":
            asked, asked_in = sentence.text.lower(), sentence.section
        if sentence.kind not in READ or sentence.text.rstrip().endswith("?"):
            continue
        text = renaming.apply(_plain(sentence.text))
        headings = proposal.sections[sentence.section].path if proposal.sections else ()
        topic = " / ".join([*headings, asked if asked_in == sentence.section else ""]).lower()
        label = LABEL.match(text)
        if label:
            topic, text = f"{topic} / {label.group(1)}", text[label.end() :]
        aside = any(pattern.search(text) for pattern in (ASIDE, LATER, RULE))
        yield Passage(sentence, text, topic, aside or bool(ASIDE_TOPIC.search(topic)))


def of_another_system(passage: Passage) -> bool:
    """Does the sentence speak of something else than what is proposed, or of something open?"""
    judged = judge(passage.sentence.text)
    return judged.other_system or judged.open


def _plain(text: str) -> str:
    return " ".join(text[:READ_OF].lower().replace("’", "'").replace("‑", "-").split())
