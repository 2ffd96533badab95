"""What a person asks `concord search`: words, a proposal file, or stdin."""

import os
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Final, Literal, NamedTuple

from agent.errors import ProposalError, SettingsError
from agent.intake.facts import read_facts
from agent.intake.proposal import parse, read_source
from agent.intake.query import search_text
from agent.intake.source import LARGEST
from agent.readers.permission import refusal
from agent.schema.proposal import Proposal
from agent.settings import Settings
from knowledge.entries import Entry
from knowledge.lexical import terms
from knowledge.text import clean, decode
from tui.files import stdin

FILES: Final = (".md", ".markdown", ".txt")
MOST_NAMES: Final = 10_000
EMPTY: Final = "nothing to search for: give some words, a proposal file, or - for stdin"


Called = Literal["id", "title", ""]
"""What of an entry a query repeats."""


class Asked(NamedTuple):
    """The source of a query; a file is not read yet."""

    text: str
    file: Path | None
    """None: `text` is what is searched for."""
    piped: bool = False
    """`text` came in on stdin, and may be a proposal as it stands in a file."""


class Query(NamedTuple):
    text: str
    is_proposal: bool
    """`text` is what a proposal says of its purpose, as a review would search for it."""
    stays: bool
    """The proposal must not be sent: an embedder that sends texts does not get it."""
    terms: frozenset[str]

    def names(self, entry: Entry) -> Called:
        """Whether it is the entry's very id or title; a title is told apart by no capitals."""
        asked = " ".join(self.text.split()).casefold()
        if asked == entry.id.casefold():
            return "id"
        return "title" if asked == " ".join(entry.title.split()).casefold() else ""


def asked(words: Sequence[str], *, as_text: bool) -> Asked:
    """A file that is there, or what can only be meant as one, is a file; the rest is words."""
    text = " ".join(words)
    if as_text:
        return Asked(text, None)
    if text == "-":
        return Asked(_piped(), None, piped=True)
    if _names_a_file(text):
        return Asked(text, Path(text))
    if named := [word for word in words if len(words) > 1 and _names_a_file(word)]:
        raise SettingsError(
            f"{named[0]}: give one file, or words; --text searches for all of it as words"
        )
    return Asked(text, None)


def query_of(given: Asked, settings: Settings) -> Query:
    """The text to search for; ProposalError or SettingsError says why there is none."""
    stays = False
    if given.file is None:
        text = clean(given.text).text
        stays = given.piped and _piped_stays(given.text, settings)
    else:
        proposal = _proposal(given.file, settings.facts)
        text = search_text(proposal)
        stays = _stays(proposal, settings)
    if any(letter.isalnum() for letter in text):
        return Query(text, given.file is not None, stays, frozenset(terms(text)))
    if given.file is not None:
        raise ProposalError(f"{given.file}: holds no words to search for")
    raise SettingsError(f"{text.strip()[:20]} holds no words; {EMPTY}" if text.strip() else EMPTY)


def _stays(proposal: Proposal, settings: Settings) -> bool:
    facts = read_facts(proposal, settings.facts)
    return bool(refusal(proposal, facts, settings.model.never_for))


def _piped_stays(text: str, settings: Settings) -> bool:
    """Of a whole proposal that is piped in, as of its file; what cannot be read as one stays."""
    try:
        return _stays(parse(text.encode(), "-", facts=settings.facts), settings)
    except ProposalError:
        return True


def _names_a_file(text: str) -> bool:
    """A wrong file name searched as words would find something all the same."""
    path = Path(text)
    if len(text.split()) == 1 and (path.suffix in FILES or os.sep in text):
        return True
    return os.path.isfile(text)  # noqa: PTH113 - no error for a long text


def _proposal(file: Path, facts: Collection[str]) -> Proposal:
    try:
        raw = read_source(file)
    except ProposalError as error:
        if os.path.isfile(file):  # noqa: PTH113 - no error for a long name
            raise
        near = _near(file)
        meant = f" (did you mean {near}?)" if near else ""
        raise ProposalError(f"{error}{meant}; --text searches for the name as words") from None
    return parse(raw, str(file), facts=facts)


def _near(file: Path) -> str:
    """A file beside it whose name is almost the same."""
    try:
        names = sorted(beside.name for beside in islice(file.parent.iterdir(), MOST_NAMES))
    except OSError:
        return ""
    found = get_close_matches(file.name, names, 1, 0.75)
    return str(file.parent / found[0]) if found and found[0] != file.name else ""


def _piped() -> str:
    raw = stdin(LARGEST + 1)
    if len(raw) > LARGEST:
        raise SettingsError("-: more than 1 MiB came in: a search takes some sentences")
    return decode(raw)[0]
