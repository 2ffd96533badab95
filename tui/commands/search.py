"""`concord search`: what the organisation already has that is near a text, and why it was found."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from agent.settings import Settings, load_settings
from agent.wiring import Library, open_knowledge, open_library
from knowledge.entries import KINDS
from knowledge.reading import Knowledge
from knowledge.vocabulary import EntryKind
from knowledge.why import explain
from tui.commands.index import problems_of
from tui.found import Found, as_data, lines_of, owner_of
from tui.highlights import marking
from tui.narrowing import Filter, Narrowed, chosen_kinds, emptied, filters_of, narrow
from tui.out import Progress, put, put_json, put_styled, say, wrapped
from tui.query import Query, asked, query_of

DEFAULT: Final[tuple[EntryKind, ...]] = ("capability",)
"""Kinds that are searched when none is named: what does a job already."""
A_FEW: Final = 12
"""So many words ask for a thing by name, which may be of any kind; more describe a system."""
MOST_WORDS: Final = 0.6
"""Share of the query's words, by rarity, with which an entry of another kind is worth a mention."""
QUOTED: Final = 3
"""Passages of an entry in the JSON; a person is shown the best one."""


class Wanted(NamedTuple):
    """What was typed beside the query."""

    kinds: Sequence[str]
    status: Sequence[str]
    team: Sequence[str]
    audience: Sequence[str]
    top: int


class Group(NamedTuple):
    """The results of one kind."""

    kind: EntryKind
    narrowed: Narrowed
    found: list[Found]


def run(
    words: Sequence[str], wanted: Wanted, office: Path | None, *, as_text: bool, as_json: bool
) -> int:
    kinds = chosen_kinds(wanted.kinds or DEFAULT)
    given = asked(words, as_text=as_text)
    settings = load_settings(office, given.file)
    query = query_of(given, settings)
    knowledge = open_knowledge(settings)
    filters = filters_of(knowledge, settings.facts, wanted.status, wanted.team, wanted.audience)
    _tell_problems(knowledge, settings)
    with Progress("indexing") as progress:
        library = open_library(settings, say, progress, knowledge)
    most = QUOTED if as_json else 1
    groups = [_search(library, query, kind, filters, wanted.top, most) for kind in kinds]
    if as_json:
        put_json(_data(query, kinds, filters, groups))
    else:
        _print(groups)
        if not wanted.kinds and len(query.terms) <= A_FEW:
            _mention_others(library, query, filters)
    _tell(groups, filters, knowledge)
    return 0


def _search(
    library: Library,
    query: Query,
    kind: EntryKind,
    filters: Sequence[Filter],
    top: int,
    most: int,
) -> Group:
    """The nearest entries of a kind among those that every filter lets pass; what is called as the
    query is written comes first, since somebody asks for it by name."""
    entries = library.entries
    narrowed = narrow([entry for entry in entries.values() if entry.kind == kind], filters)
    kept = {entry.id for entry in narrowed.entries}
    if not kept:
        return Group(kind, narrowed, [])
    called = {entry.id: by for entry in narrowed.entries if (by := query.names(entry))}
    index = library.index.here if query.stays else library.index
    near = partial(index.search, query.text, kinds=[kind], k=top)
    hits = near(keep=lambda entry: entry.id in called) if called else []
    if len(hits) < top:
        wanted = kept - called.keys()
        hits += near(keep=(lambda e: e.id in wanted) if filters or called else None)
    weigh, found = partial(index.weigh, kind), []
    for hit in hits[:top]:
        entry = entries[hit.entry]
        chance = round(hit.duplicate, 3) if kind == "capability" and query.is_proposal else None
        why = explain(hit, entry, query.terms, weigh, most=most, likely=chance)
        owner = owner_of(entry, library.knowledge)
        found.append(Found(hit, entry, owner, why, chance, called.get(hit.entry, "")))
    return Group(kind, narrowed, found)


def _data(
    query: Query, kinds: Sequence[EntryKind], filters: Sequence[Filter], groups: Sequence[Group]
) -> dict[str, Any]:
    removed = {
        filter_.name: sum(group.narrowed.removed[filter_.name] for group in groups)
        for filter_ in filters
    }
    shown = sum(len(group.found) for group in groups)
    left = sum(len(group.narrowed.entries) for group in groups)
    return {
        "query": query.text,
        "kinds": list(kinds),
        "filters": {filter_.name: list(filter_.values) for filter_ in filters},
        "results": [as_data(found) for group in groups for found in group.found],
        "left_out": {**removed, "beyond_k": left - shown},
    }


def _print(groups: Sequence[Group]) -> None:
    how = marking()
    for group in groups:
        if len(groups) > 1 and group.found:
            put(f"{group.kind} ({len(group.found)} of {len(group.narrowed.entries)})")
        for found in group.found:
            for line in lines_of(found, how):
                put_styled(line)
        if group.found:
            put()


def _mention_others(library: Library, query: Query, filters: Sequence[Filter]) -> None:
    """The nearest entry of each kind that was not asked for, where it holds most of the words."""
    near = []
    for kind in [kind for kind in KINDS if kind not in DEFAULT]:
        for found in _search(library, query, kind, filters, 1, 1).found:
            words = found.why.nearness == "words" and found.hit.lexical >= MOST_WORDS
            if found.called or words:
                near.append(f"{found.entry.id} {found.entry.title} ({kind})")
    if near:
        put(wrapped(f"Also, of other kinds: {'; '.join(near)}. --kind all shows more.", ""))


def _tell_problems(knowledge: Knowledge, settings: Settings) -> None:
    if problems := problems_of(knowledge, settings):
        said = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        say(f"the knowledge has {said}: concord index names each")


def _tell(groups: Sequence[Group], filters: Sequence[Filter], knowledge: Knowledge) -> None:
    """Why there is little or nothing to see."""
    for group in groups:
        if not group.narrowed.there:
            if len(groups) == 1:
                drafts = sum(entry.kind == group.kind for entry in knowledge.drafts.values())
                wait = f"; {drafts} wait as drafts: concord knowledge status" if drafts else ""
                say(f"the knowledge holds no {group.kind}{wait}")
        elif not group.narrowed.entries:
            say(f"{group.kind}: {emptied(group.narrowed, filters, knowledge)}")
    shown = [found for group in groups for found in group.found]
    nearness = {"words" if found.called else found.why.nearness for found in shown}
    if nearness == {"neither"}:
        say("nothing is clearly near that text: these are only the least far entries")
    elif nearness and "words" not in nearness:
        say("hardly a word of the text stands in the knowledge: what is shown is near by meaning")
