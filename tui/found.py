"""What a search found, as lines for a person and as the JSON of `concord search --json`."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from agent.draft.summary import OUTCOME_WORDS
from knowledge.entries import Entry, Precedent, Requirement
from knowledge.marks import marks
from knowledge.passages import items_of
from knowledge.reading import Knowledge
from knowledge.search import Hit
from knowledge.vocabulary import LIFE_STAGES
from knowledge.why import Extract, Why, told
from tui.highlights import Marking, Marks, folded
from tui.narrowing import UNSTATED, status_of, team_of
from tui.out import width
from tui.query import Called

INDENT: Final = " " * 10
NARROW: Final = 50
"""Columns below which the lines of an entry are indented less."""
TERMS: Final = 5
"""So many matched words are named; the rest is counted."""
CHANCES: Final = (
    (0.9, "very likely the same system"),
    (0.6, "likely the same system"),
    (0.3, "possibly the same system"),
    (0.0, "no sign of the same system by its words"),
)


class Found(NamedTuple):
    """One result: a hit, its entry, and why it was found."""

    hit: Hit
    entry: Entry
    owner: str
    why: Why
    probability: float | None
    """That entry and query describe the same system; None where nobody can tell."""
    called: Called = ""
    """What of it the query repeats word for word."""


def owner_of(entry: Entry, knowledge: Knowledge) -> str:
    """Who answers for it; for a requirement without an owner, that of its policy."""
    if not entry.owner and isinstance(entry, Requirement) and entry.policy in knowledge.entries:
        return knowledge.entries[entry.policy].owner
    return entry.owner


def as_data(found: Found) -> dict[str, Any]:
    entry, why = found.entry, found.why
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "owner": found.owner,
        "team": team_of(entry),
        "status": entry.outcome if isinstance(entry, Precedent) else status_of(entry),
        "score": round(found.hit.score, 3),
        "dense": round(found.hit.dense, 3),
        "lexical": round(found.hit.lexical, 3),
        "probability": found.probability,
        "called": found.called or None,
        "nearness": why.nearness,
        "terms": [term._asdict() for term in why.terms],
        "passages": [_passage(extract) for extract in why.extracts],
        "source": {"path": entry.source.path, "line": entry.source.line},
    }


def _passage(extract: Extract) -> dict[str, Any]:
    return {
        "text": extract.text,
        "path": extract.path,
        "line_start": extract.line_start,
        "line_end": extract.line_end,
        "highlights": [list(mark) for mark in extract.marks],
    }


def lines_of(found: Found, how: Marking) -> Iterator[str]:
    """Id, score, title; status and owner; where it stands; its words; why. A weak match briefly."""
    entry, why = found.entry, found.why
    terms = told({term.term: term.share for term in why.terms})
    first = f"{entry.id:9} {found.hit.score:6.2f}  "
    yield _fold(entry.title, how, first, marks(entry.title, terms))
    yield _fold(_about(found), how)
    if why.nearness == "neither" and not found.called:
        yield _fold(f"{_place(found)}: {_reason(found)}", how)
        return
    for extract in why.extracts:
        yield _fold(_place(found), how)
        text, marked = _shown(extract, entry)
        yield _fold(text, how, marks=marked)
    yield _fold(_reason(found), how)


def chance(probability: float) -> str:
    """A probability in words, and as the number that it is."""
    words = next(words for least, words in CHANCES if probability >= least)
    return f"{words} ({probability:.0%})"


def _fold(text: str, how: Marking, first: str | None = None, marks: Marks = ()) -> str:
    indent = INDENT if width() >= NARROW else INDENT[:2]
    return folded(text, marks, how, width(), indent, first or indent)


def _about(found: Found) -> str:
    """`pilot capability, owner Hanna Sjöberg, team Motor Claims`."""
    entry, status = found.entry, status_of(found.entry)
    if isinstance(entry, Precedent):
        outcome = OUTCOME_WORDS.get(entry.outcome, entry.outcome).lower()
        said = f"precedent, decided {entry.decided}: {outcome}"
        return f"{said}, owner {found.owner}" if found.owner else said
    said = f"{status} {entry.kind}" if status in LIFE_STAGES else entry.kind
    if status == UNSTATED:
        said += ", status not stated"
    if status == "retired":
        said = f"RETIRED {entry.kind}, not to be built on"
    said += f", owner {found.owner}" if found.owner else ", no owner named"
    return said + (f", team {team_of(entry)}" if team_of(entry) else "")


def _place(found: Found) -> str:
    """`path:line` of what is shown of it."""
    if not found.why.extracts:
        return f"{found.entry.source.path}:{found.entry.source.line}"
    shown = found.why.extracts[0]
    to = f"-{shown.line_end}" if shown.line_end > shown.line_start else ""
    return f"{shown.path}:{shown.line_start}{to}"


def _shown(extract: Extract, entry: Entry) -> tuple[str, list[tuple[int, int]]]:
    """The extract as one paragraph and its marks in it: items of a list end with a semicolon,
    headings with a colon, dots stand where the passage goes on, and a heading that repeats the
    title is left out."""
    listed = {" ".join(item.split()) for item in items_of(entry)}
    text, marked = "... " if extract.before else "", []
    at, waiting = 0, list(extract.marks)
    for line in extract.text.split("\n"):
        said = line.lstrip("# ") if line.startswith("#") else line
        begins = at + len(line) - len(said)
        own = [mark for mark in waiting if mark[0] < at + len(line)]
        waiting = waiting[len(own) :]
        at += len(line) + 1
        if said.strip().casefold() == entry.title.casefold():
            continue
        shift = len(text) - begins
        marked += [(start + shift, stop + shift) for start, stop in own]
        ends = ":" if said != line else ";" if " ".join(line.split()) in listed else ""
        text += f"{said.rstrip()}{ends} "
    return text + ("..." if extract.after else ""), marked


def _reason(found: Found) -> str:
    """In words what the match rests on, which words weigh most, and how likely both are one."""
    words = _named(found.why)
    if found.called:
        return f"the text is its {found.called}" + (f"; words: {words}" if words else "")
    match found.why.nearness:
        case "words":
            said = f"words: {words}"
        case "meaning":
            few = f"few words in common ({words})" if words else "no word in common"
            said = f"near by meaning only; {few}"
        case "neither":
            few = f"few words in common ({words})" if words else "no word in common"
            said = f"a weak match; {few}"
    return said if found.probability is None else f"{chance(found.probability)}; {said}"


def _named(why: Why) -> str:
    """The matched words with their shares, the heaviest first, common ones together."""
    telling = told({term.term: term.share for term in why.terms})
    shown = [f"{term} {share:.0%}" for term, share in list(telling.items())[:TERMS]]
    if len(telling) > TERMS:
        shown.append(f"{len(telling) - TERMS} more")
    if rest := 1 - sum(telling.values()) if len(telling) < len(why.terms) else 0:
        shown.append(f"common words {rest:.0%}")
    return ", ".join(shown)
