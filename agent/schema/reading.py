"""What a paid reader did for one proposal: its assessment, what it rests on and what it cost."""

from agent.schema.assessment import Assessment
from agent.schema.base import Frozen
from knowledge.vocabulary import ReaderName


class Spent(Frozen):
    """As the endpoint counted it; `cached_tokens` are part of `input_tokens`."""

    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
        )


class Reading(Frozen):
    reader: ReaderName = "llm"
    fingerprint: str
    """Of the reader."""
    model: str
    prompts: str
    """Fingerprint of the prompts."""
    assessment: Assessment
    usage: Spent = Spent()
    """What this reading cost now; calls that were paid for earlier cost nothing again."""
    failed: tuple[str, ...] = ()
    """Names of the calls that gave nothing."""
    alone: bool = False
    """The draft holds this reading by itself, and the rules' only where it gave nothing."""
