"""The text of a proposal as the rules look at it: each sentence with what stands above it.

Owns what counts as evidence at all (headings, questions of a form and front matter names do not)
and what governs a sentence: its headings, the question it answers, the line that leads its list,
the key before its value. Knows nothing of requirements.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from agent.intake.headings import OPEN_HEADING
from agent.intake.judgement import Analysis, analyse
from agent.intake.language import readable
from agent.readers.rules.elsewhere import elsewhere
from agent.readers.rules.index import Index
from agent.readers.rules.instructions import instructs
from agent.schema.proposal import Proposal, Sentence
from knowledge.patterns import lazy

_KEY: Final = lazy(r"[\s|*_`>-]*([^|:?.]{2,60}?)[*_`\s]*(?:\||:[*_`]*(?=\s)|:$|\s[–—]\s)")
_YES: Final = lazy(
    r"[\s|:*_✓✔☑✅-]*(?:yes|done|in place|implemented|available|true|completed?|exists?|x|✓|✔|☑|✅)"
    r"(?![\w-])[\s|.!,*_]*",
    re.IGNORECASE,
)
_YES_NO: Final = lazy(r"[\s|:*_-]*(yes|no|none|not|n/a)\b", re.IGNORECASE)
_FRONT_KEY: Final = lazy(r"^([ \t-]*)([\w.-]+)['\"]?[ \t]*:", re.MULTILINE)
_OWNER_KEY: Final = lazy(r"owner|accountable|responsible", re.IGNORECASE)
_LINK_KEY: Final = lazy(r"[A-Z]+-\d+|business|product|design|engineering|data|operations")
SAYS_NO: Final = lazy(
    r"\b(?:not|no|never|nobody|nothing|none|neither|nor|without|cannot|\w+n['’]t)\b", re.IGNORECASE
)
_POINTS_BACK: Final = lazy(
    r"(?:it|they|these|those|both|each of (?:them|these|those)|this|that|he|she|its|their|all of "
    r"(?:it|them)|there|the same|afterwards|then|every one)\b",
    re.IGNORECASE,
)
_YET_TO_COME: Final = lazy(
    r"(?:it|this|that|these|they|one|both|all of this|the \w+) (?:is|are|has been|will be|is to be|"
    r"are to be|comes?|follows?|starts?)(?: still| currently| now| only)?(?: being)? ?(?:planned|"
    r"scheduled|booked|built|developed|under (?:development|construction)|in (?:draft|development|"
    r"preparation|planning|phase|a later|the next)|added|available|introduced|offered|ready|"
    r"in place|set up|provided|implemented|defined|agreed|with (?:the next|phase)|later|"
    r"to be (?:built|defined|agreed|added))\b",
    re.IGNORECASE,
)
_SPAN_LIMIT: Final = 1500
_GOVERNS: Final = 6
"""A no so many words before a cue's first word may still deny it."""
_ROLL: Final = 8
_BARE: Final = 4
_LETTERS: Final = lazy(r"[A-Za-z][\w'’]*")
_FINITE: Final = lazy(
    r"\b(?:is|are|was|were|be|been|has|have|had|can|may|must|will|shall|does|do|did|we|it|they)\b",
    re.IGNORECASE,
)
_WEIGHTY: Final = 200
"""A shorter section in another language is a name or a quotation."""


@dataclass(slots=True, eq=False)
class Passage:
    """A sentence that may prove something, and what governs it."""

    number: int
    sentence: Sentence
    headings: tuple[str, ...]
    asked: str = ""
    """The question of a form, or the line with a colon, that it answers or belongs to."""
    key: str = ""
    """`Appeal route` in `Appeal route: by phone`."""
    direct: bool = False
    """Stands right below `asked`."""
    after: str = ""
    """The next sentence of the same paragraph or section."""
    before: str = ""
    """The sentence that this one goes on from (`It is ...`), if that states something."""
    awaits: bool = False
    """Goes on from a sentence that plans something."""
    elsewhere: bool = False
    """Speaks of another system of the house."""
    item: str = ""
    """Question and answer as they stand, where the answer alone (`Yes`) tells nothing."""
    addresses: bool | None = None
    names: bool | None = None
    judged: Analysis | None = None

    @property
    def text(self) -> str:
        return self.sentence.text

    @property
    def value(self) -> str:
        """What stands after the key."""
        found = _KEY.match(self.text)
        return self.text[found.end() :] if self.key and found else self.text

    @property
    def says_no(self) -> bool:
        return bool(SAYS_NO.search(self.text))

    def denies(self, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether a no stands among these words or close before them: what a sentence denies at
        its other end is no denial of theirs."""
        first, last = min(a for a, _ in spans), max(b for _, b in spans)
        before = " ".join(self.text[:first].split()[-_GOVERNS:])
        return bool(SAYS_NO.search(f"{before} {self.text[first:last]}"))

    @property
    def lists_names(self) -> bool:
        """A list of teams, offices or titles: it names things and says nothing of them."""
        if self.names is None:
            self.names = _names_only(self.text[:_SPAN_LIMIT])
        return self.names

    @property
    def postponed(self) -> bool:
        """The next sentence says of this one's matter that it is yet to come."""
        return bool(_YET_TO_COME.match(self.after))

    @property
    def instructs(self) -> bool:
        """Tells the reviewer what to do, which is evidence for nothing."""
        if self.addresses is None:
            self.addresses = instructs(self.text[:_SPAN_LIMIT])
        return self.addresses

    @property
    def affirms(self) -> bool:
        """A bare yes, or one that goes on."""
        return bool(_YES.match(self.value))

    @property
    def answers(self) -> bool:
        """Says yes or no right below a question."""
        asks = self.asked.rstrip("*_ ").endswith("?")
        return self.direct and asks and (bool(_YES_NO.match(self.text)) or self.affirms)

    def analysis(self) -> Analysis:
        if self.judged is None:
            lead = self.asked if self.asked.rstrip("*_ ").endswith(":") else ""
            above = tuple(title for title in (*self.headings, lead) if title)
            self.judged = analyse(self.text[:_SPAN_LIMIT], above)
        return self.judged


class ReadText:
    """All passages of one proposal and their index by stem."""

    def __init__(self, proposal: Proposal, others: Collection[str] = ()) -> None:
        self.proposal = proposal
        self.passages = list(_passages(proposal))
        for passage in self.passages:
            passage.elsewhere = bool(others) and elsewhere(passage.text[:_SPAN_LIMIT], others)
        for passage, following in pairwise(self.passages):
            if passage.sentence.section == following.sentence.section:
                passage.after = following.text[:_SPAN_LIMIT]
                if _goes_on(passage, following):
                    said = passage.analysis().whole()
                    following.before = passage.text[:_SPAN_LIMIT] if said.stated else ""
                    following.awaits = said.planned

    @cached_property
    def lines(self) -> tuple[Index, dict[str, int]]:
        """Every heading, key and question that may name a requirement, as an index of its own."""
        index = Index()
        numbers: dict[str, int] = {}
        phrases = {h for p in self.passages for h in (*p.headings[-1:], p.key, p.asked) if h}
        phrases |= {section.path[-1] for section in self.proposal.sections if section.path}
        for phrase in sorted(phrases):
            numbers[phrase] = len(numbers)
            index.add(phrase[:_SPAN_LIMIT])
        return index, numbers

    @cached_property
    def unread(self) -> str:
        """`2 sections` in a language that the rules cannot read; empty when all can be read."""
        text = self.proposal.source.text
        bodies = (text[section.body : section.end] for section in self.proposal.sections)
        count = sum(not readable(body) for body in bodies if len(body) >= _WEIGHTY)
        return f"{count} section{'s' if count > 1 else ''}" if count else ""

    @cached_property
    def index(self) -> Index:
        index = Index()
        for passage in self.passages:
            index.add(passage.text, " ".join((*passage.headings, passage.asked)))
        return index

    @cached_property
    def joined(self) -> tuple[Index, list[Passage]]:
        """Each sentence that goes on from the one before it, read together with that one."""
        index, places = Index(), []
        for passage in self.passages:
            if passage.before:
                index.add(f"{passage.before} {passage.text}")
                places.append(passage)
        return index, places


def _names_only(text: str) -> bool:
    said = [word for word in _LETTERS.findall(text) if len(word) > 3]
    capital = sum(word[0].isupper() and not word.isupper() for word in said)
    return len(said) >= _ROLL and 4 * capital >= 3 * len(said) and not _FINITE.search(text)


def _goes_on(passage: Passage, following: Passage) -> bool:
    """`The contract is signed. It forbids ...`, in one paragraph."""
    same = passage.sentence.kind == following.sentence.kind == "prose"
    gap = following.sentence.start - passage.sentence.end
    return same and gap <= 2 and bool(_POINTS_BACK.match(following.text))


def _passages(proposal: Proposal) -> Iterator[Passage]:
    asked, asked_section, fresh, asked_at = "", -1, False, 0
    number = 0
    text = proposal.source.text
    title = _title(proposal)
    for sentence in proposal.sentences:
        if sentence.section != asked_section:
            asked, asked_section, fresh = "", sentence.section, False
        if sentence.kind == "heading" or not sentence.text.strip():
            continue
        path = _path(proposal, sentence.section)[title:]
        if sentence.kind == "question" and not _undecided(path):
            asked, fresh, asked_at = sentence.text, True, sentence.start
            continue
        key = _front_key(text, sentence) if sentence.kind == "front" else _key(sentence)
        if sentence.kind == "front" and not key:
            continue
        below = asked or (path[-1] if path and path[-1].rstrip().endswith("?") else "")
        bare = fresh and len(sentence.text.split()) <= _BARE
        item = text[asked_at : sentence.end] if bare else ""
        yield Passage(number, sentence, path, below, key, fresh, item=item)
        number += 1
        fresh = False
        if sentence.text.rstrip("*_ ").endswith(":") and sentence.kind in ("prose", "item"):
            asked, fresh, asked_at = sentence.text, True, sentence.start
        elif asked.rstrip("*_ ").endswith(":") and sentence.kind == "prose":
            asked = ""


def _title(proposal: Proposal) -> int:
    """How many headings at the front of each path are the title of the whole: 0 or 1. A title
    names the system; it neither plans nor denies what stands below it."""
    levels = [section.level for section in proposal.sections if section.path]
    return int(bool(levels) and levels[0] == 1 and levels.count(1) == 1)


def _path(proposal: Proposal, section: int) -> tuple[str, ...]:
    return proposal.sections[section].path if 0 <= section < len(proposal.sections) else ()


def _undecided(path: tuple[str, ...]) -> bool:
    """Below `Open questions` a question is the team's own, elsewhere it is the form's."""
    return any(OPEN_HEADING.search(title[:200].lower()) for title in path)


def _key(sentence: Sentence) -> str:
    found = _KEY.match(sentence.text)
    if not found or len(found.group(1).split()) > 7:
        return ""
    if sentence.kind == "row" or ":" in found.group() or "|" in found.group():
        return found.group(1).strip(" |*_`")
    return ""


def _front_key(text: str, sentence: Sentence) -> str:
    """The key of a front matter value that may speak of a measure; empty for names and facts."""
    keys = list(_FRONT_KEY.finditer(text, max(0, sentence.start - 800), sentence.start))
    if not keys:
        return ""
    nested, key = bool(keys[-1].group(1)), keys[-1].group(2)
    silent = _LINK_KEY.match(key) if nested else not _OWNER_KEY.match(key)
    return "" if silent else key
