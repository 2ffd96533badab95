"""The composition root: Settings → knowledge, search, readers, store. Heavy imports inside."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from agent.errors import RecordError, SettingsError
from agent.model_settings import endpoint_of, limits_of
from agent.readers.rules.reader import RulesReader
from agent.review import Review, StepCache
from agent.settings import Settings
from agent.workspace import STARTER
from knowledge.entries import Entry, Precedent
from knowledge.reading import Knowledge, load
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


def open_knowledge(settings: Settings) -> Knowledge:
    """The workspace's own entries; unchanged files are not read again."""
    return load(settings.knowledge, cache=settings.cache, tables=settings.tables)


def starter_knowledge() -> Knowledge:
    """The packs that ship, for a check outside any workspace."""
    return load(STARTER)


@dataclass(frozen=True)
class Library:
    """The knowledge and its index, open."""

    knowledge: Knowledge
    """What the office wrote down: drafts rest on it."""
    index: "Index"
    precedents: tuple[Precedent, ...] = ()
    """Every decided initiative: searched beside the knowledge, and no part of it, so that a
    decision changes no draft that it is not near."""

    @property
    def entries(self) -> dict[str, Entry]:
        """All that a search may find, by id."""
        return {**{p.id: p for p in self.precedents}, **self.knowledge.entries}


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
    knowledge = knowledge or open_knowledge(settings)
    embedder = load_embedder(settings.embedder)
    index = open_index(
        knowledge, settings.cache, embedder, say=say, progress=progress, relation=relation
    )
    past = tuple(p for p in _decided(knowledge, settings, say) if p.id not in knowledge.entries)
    index.hold(past)
    return Library(knowledge, index, past)


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


def embedding() -> "Embed":
    """Texts to vectors by the embedder that ships: proposals are compared here and sent nowhere."""
    from knowledge.embed import embed_checked, load_embedder

    embedder = load_embedder()
    return lambda texts: embed_checked(embedder, texts)


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
        relation=load_relation(settings.relation if settings.office else None).fingerprint,
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
