"""What an office configures that a review depends on: facts, outcome table, people."""

from typing import Literal

from pydantic import Field

from agent.schema.base import Frozen

ReaderChoice = Literal["rules", "llm", "both"]


class FactSetting(Frozen):
    """`[facts.NAME]` of concord.toml: further values, aliases, and how to ask for the fact."""

    values: tuple[str, ...] = ()
    """The closed set of a fact that is not ordered; () leaves it open."""
    aliases: dict[str, str] = Field(default_factory=dict)
    ask: str = ""


class OutcomeSettings(Frozen):
    """`[outcome]`: thresholds of the outcome table; part of the rules fingerprint."""

    high_limit: int = 3
    """So many applicable high requirements absent or unclear ask for changes."""
    merge_statuses: tuple[str, ...] = ("pilot", "production")
    """A duplicate of a capability with one of these is to be merged."""


class Person(Frozen):
    """`[people."NAME"]`: the roles somebody has, and whether they may decide."""

    roles: tuple[str, ...] = ()
    decides: bool = True


class ModelSettings(Frozen):
    """`[model]`: the model that reads beside the rules, where it is, and what it may take. The key
    stands in the environment only."""

    name: str = ""
    """Empty: no model is configured and the rules read alone."""
    base_url: str = "https://api.openai.com/v1"
    allow_http: bool = False
    """Let proposals and the key go unencrypted to a host that is not this machine."""
    reader: Literal["", "rules", "llm", "both"] = ""
    """Empty: `both` where a model is named, else `rules`."""
    tools: bool = True
    """The model may search and read the knowledge before it answers."""
    call_seconds: float = 120
    """For one call with its retries."""
    review_seconds: float = 300
    """For all calls of one review."""
    attempts: int = 4
    in_flight: int = 8
    """Calls side by side."""
    temperature: float | None = None
    """None: not sent, and the endpoint's own default holds."""
    max_output_tokens: int | None = None
    proxy: str = ""
    """The environment's proxies are never used."""
    never_for: tuple[str, ...] = ()
    """Proposals with data of these classes are never sent."""
    price_input: float | None = None
    """Per million tokens, as the other prices; None: costs are not shown."""
    price_cached: float | None = None
    price_output: float | None = None
    currency: str = "USD"
    tracing: bool = False
    """Let LangSmith record every prompt at its own host, as its environment variables say."""

    @property
    def readers(self) -> ReaderChoice:
        """Which readers read when nobody names one."""
        return self.reader or ("both" if self.name else "rules")


class EmbeddingSettings(Frozen):
    """`[embedding]`: the endpoint that turns texts into vectors where the embedder is `openai`. The
    key stands in the environment only."""

    model: str = ""
    base_url: str = "https://api.openai.com/v1"
    dimension: int | None = None
    """Numbers of a vector, as asked of the endpoint; None: its own, found out once."""
    batch: int = 128
    """Texts of one request."""
    in_flight: int = 4
    """Requests side by side."""
    call_seconds: float = 120
    """For one request with its retries."""
    attempts: int = 4
    proxy: str = ""
    """The environment's proxies are never used."""
    allow_http: bool = False
    """Let texts and the key go unencrypted to a host that is not this machine."""


class ChromaSettings(Frozen):
    """`[chroma]`: a Chroma server that several machines share, in place of the folder in the cache.
    The token stands in the environment only."""

    url: str = ""
    """Empty: the vectors stand in the cache of this workspace."""
    tenant: str = ""
    """Empty: what the token belongs to, else Chroma's default; `database` alike."""
    database: str = ""
    collection_prefix: str = "concord"
    allow_http: bool = False
    """Let vectors and the token go unencrypted to a host that is not this machine."""
    seconds: float = 10
    """One request to the server; after that it counts as gone."""
    writer: str = ""
    """Host name of the one machine whose `concord index` may write; empty: any."""
