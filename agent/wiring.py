"""The composition root: Settings → knowledge, search, readers, store. Heavy imports inside."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from agent.errors import RecordError, SettingsError
from agent.model_settings import endpoint_of, limits_of
from agent.readers.rules.reader import RulesReader
from agent.review import Review, StepCache
from agent.schema.base import sha256
from agent.settings import Settings
from agent.workspace import STARTER
from knowledge.entries import Entry, Precedent
from knowledge.reading import Knowledge, fingerprint, load
from knowledge.relation import load_relation

if TYPE_CHECKING:
    from agent.readers.llm.reader import LlmReader, MakeChat
    from agent.record.store import Store
    from agent.twins import Embed
    from knowledge.index import Index

Say = Callable[[str], None]
Progress = Callable[[int, int, str], None]


def tool() -> str:
    """Name and version, as drafts name what made them."""
    return f"concord {version('concord')}"


def open_knowledge(settings: Settings, progress: Progress | None = None) -> Knowledge:
    """The workspace's own entries; unchanged files are not read again."""
    return load(settings.knowledge, cache=settings.cache, tables=settings.tables, progress=progress)


def starter_knowledge() -> Knowledge:
    """The packs that ship, for a check outside any workspace."""
    return load(STARTER)


@dataclass(frozen=True)
class Library:
    """The knowledge and its index, open."""

    knowledge: Knowledge
    """What the office wrote down: drafts rest on it."""
    index: "Index"
    searched: Knowledge
    """What the index holds: the knowledge, and every decided initiative as a precedent."""


def open_library(
    settings: Settings,
    say: Say,
    progress: Progress | None = None,
    knowledge: Knowledge | None = None,
) -> Library:
    """Knowledge with its index brought up to date; a problem row of an entry is no error.

    `knowledge`: what `open_knowledge` has read already.
    """
    from knowledge.embed import load_embedder
    from knowledge.index import open_index

    relation = load_relation(settings.relation)
    knowledge = knowledge or open_knowledge(settings, progress)
    searched = with_precedents(knowledge, _decided(knowledge, settings, say))
    embedder = load_embedder(settings.embedder)
    index = open_index(
        searched, settings.cache, embedder, say=say, progress=progress, relation=relation
    )
    return Library(knowledge, index, searched)


def with_precedents(knowledge: Knowledge, past: Sequence[Precedent]) -> Knowledge:
    """The knowledge with decided initiatives beside it; one whose id an entry has is left out.

    Only the index has this fingerprint: drafts rest on that of the knowledge alone, so that a
    decision changes no draft that it is not near.
    """
    new = [p for p in past if p.id not in knowledge.entries]
    if not new:
        return knowledge
    entries: dict[str, Entry] = {**knowledge.entries, **{p.id: p for p in new}}
    return replace(
        knowledge,
        entries={id_: entries[id_] for id_ in sorted(entries)},
        fingerprint=sha256(f"{knowledge.fingerprint} {fingerprint(new)}"),
    )


def _decided(knowledge: Knowledge, settings: Settings, say: Say) -> list[Precedent]:
    """What the record holds as decided; none without a record, or where it cannot be opened."""
    if not settings.record.exists():
        return []
    from agent.others import Others

    rules = check_of(knowledge, settings).rules
    try:
        with open_record(settings, create=False) as store:
            return Others(store, settings.facts, rules).decided()
    except RecordError as error:
        say(f"decided initiatives are not searched: {error}")
        return []


def embedding_of(settings: Settings) -> "Embed":
    """Texts to vectors as the index does it; paid ones are kept and never asked for twice."""
    from knowledge.embed import embed_checked, load_embedder
    from knowledge.vectors import embed_cached

    embedder = load_embedder(settings.embedder)
    if settings.office is None or settings.embedder == "wordllama":
        return lambda texts: embed_checked(embedder, texts)
    return lambda texts: embed_cached(settings.cache, embedder, texts)


def review_of(library: Library, settings: Settings, steps: StepCache | None = None) -> Review:
    """A full review: rules over the knowledge, with search."""
    return Review(
        knowledge=library.knowledge,
        readers=(RulesReader(),),
        tool=tool(),
        search=library.index,
        relation=library.index.relation.fingerprint,
        facts=settings.facts,
        outcome=settings.outcome,
        steps=steps,
    )


@asynccontextmanager
async def open_review(
    library: Library, settings: Settings, steps: StepCache | None = None, *, say: Say
) -> AsyncIterator[Review]:
    """A full review with the readers that the settings ask for; ends their connections.

    SettingsError when a model is asked for and none is named.
    """
    review = review_of(library, settings, steps)
    if settings.model.readers == "rules":
        yield review
        return
    from contextlib import nullcontext

    from agent.readers.llm.chat import Chat
    from knowledge.transport.calling import open_transport

    require_model(settings)
    endpoint = endpoint_of(settings.model, settings.api_key.get_secret_value())
    async with open_transport(endpoint, limits_of(settings.model), say) as transport:
        chat = Chat(settings.model, settings.api_key, transport)
        model = model_reader(library, settings, lambda: nullcontext(chat), steps, say)
        alone = settings.model.readers == "llm"
        yield replace(review, readers=(*review.readers, model), model_alone=alone)


def model_reader(
    library: Library,
    settings: Settings,
    make_chat: "MakeChat",
    steps: StepCache | None = None,
    say: Say | None = None,
) -> "LlmReader":
    """The model's reader over the knowledge, with whatever way there is to the model."""
    from agent.readers.llm.reader import LlmReader

    return LlmReader(settings.model, library.knowledge, library.index, make_chat, steps, say)


def require_model(settings: Settings) -> None:
    """SettingsError says how to name a model."""
    if not settings.model.name:
        raise SettingsError(
            "no model is named: set `name` in [model] of concord.toml, or CONCORD_MODEL;"
            " --reader rules needs none"
        )


def check_of(knowledge: Knowledge, settings: Settings) -> Review:
    """The team's check: the same rules without the search, so that it is quick and offline."""
    return Review(
        knowledge=knowledge,
        readers=(RulesReader(),),
        tool=tool(),
        facts=settings.facts,
        outcome=settings.outcome,
    )


@contextmanager
def open_record(settings: Settings, *, create: bool = True) -> Iterator["Store"]:
    """The record of the workspace; without `create` it must be there already."""
    from agent.record.store import open_store

    with open_store(
        settings.record, create=create, allow_network_share=settings.allow_network_share
    ) as store:
        yield store
