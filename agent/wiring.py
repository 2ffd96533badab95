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
from agent.search_settings import embedding_endpoint, embedding_limits
from agent.settings import Settings
from agent.workspace import STARTER
from knowledge.entries import Entry, Precedent
from knowledge.reading import Knowledge, load
from knowledge.relation import load_relation
from knowledge.transport.told import note_host

if TYPE_CHECKING:
    from agent.readers.llm.reader import LlmReader, MakeChat
    from agent.record.store import Store
    from agent.twins import Embed
    from knowledge.embed import Embedder
    from knowledge.index import Index
    from knowledge.server import Where

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
    *,
    sync: bool = False,
) -> Library:
    """Knowledge with its index brought up to date; a problem row of an entry is no error.

    `knowledge`: what `open_knowledge` has read already. `sync`: a shared server is brought up to
    date too. Before texts are sent to a host for the first time from this workspace, `say` gets a
    sentence.
    """
    from knowledge.index import open_index

    relation = load_relation(settings.relation)
    knowledge = knowledge or open_knowledge(settings, progress)
    index = open_index(
        knowledge,
        settings.cache,
        embedder_of(settings, say),
        say=say,
        progress=progress,
        relation=relation,
        where=server_of(settings),
        sync=sync,
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


def embedder_of(settings: Settings, say: Say) -> "Embedder":
    """The embedder that the settings name. SettingsError: it lacks the name of its model."""
    from knowledge.embed import Sends, load_embedder

    if settings.embedder != "openai":
        return load_embedder(settings.embedder, say=say)
    from knowledge.endpoint_embedder import Vectors

    embedding = settings.embedding
    if not embedding.model:
        raise SettingsError(
            "the embedder `openai` needs a model: set `model` in [embedding] of concord.toml"
        )
    endpoint = embedding_endpoint(embedding, settings.embedding_key.get_secret_value())
    asked = Vectors(
        endpoint,
        embedding_limits(embedding),
        embedding.model,
        embedding.dimension,
        embedding.batch,
    )
    embedder = load_embedder("openai", asked=asked, cache=settings.cache, say=say)
    assert isinstance(embedder, Sends)
    if note_host(settings.told, f"embedding {embedder.host}"):
        say(
            f"from now on the texts of all entries, and of proposals, are sent to {embedder.host}"
            f" (embedding model {embedding.model}); proposals that say `model: never` or have data"
            " that `never_for` in [model] names are not sent, but compared here"
        )
    return embedder


def server_of(settings: Settings) -> "Where | None":
    """The Chroma server that several machines share; None: vectors stand in the cache."""
    from knowledge.server import Where

    chroma = settings.chroma
    if not chroma.url:
        return None
    return Where(
        url=chroma.url,
        tenant=chroma.tenant,
        database=chroma.database,
        prefix=chroma.collection_prefix,
        token=settings.chroma_token.get_secret_value(),
        seconds=chroma.seconds,
        writer=chroma.writer,
    )


def review_of(library: Library, settings: Settings, steps: StepCache | None = None) -> Review:
    """A full review: rules over the knowledge, with search."""
    return Review(
        knowledge=library.knowledge,
        readers=(RulesReader(),),
        tool=tool(),
        search=library.index,
        here=library.index.here,
        never_for=settings.model.never_for,
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
    known = "" if settings.office is None else load_relation(settings.relation).fingerprint
    return Review(
        knowledge=knowledge,
        readers=(RulesReader(),),
        tool=tool(),
        relation=known,
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
