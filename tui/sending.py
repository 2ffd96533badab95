"""What a person is told about texts that go to a model: the first notice, and the bill.

Which hosts an office has been told about stands in `.concord/told`, one a line; a new host is told
anew. Holds no key and sends nothing.
"""

from agent.model_settings import endpoint_of
from agent.schema.office import ModelSettings
from agent.schema.reading import Spent
from agent.settings import Settings
from knowledge.transport.told import is_told, note_host


def first_notice(settings: Settings) -> str:
    """The sentence before the first upload from this workspace to this host; empty: it was said."""
    host = host_of(settings.model)
    if is_told(settings.told, host):
        return ""
    kept = ", ".join(settings.model.never_for)
    classes = f" or have data that is {kept} or stricter" if kept else ""
    return (
        f"from now on proposals, and the entries they are compared with, are sent to {host}"
        f" (model {settings.model.name}), except those that say `model: never`{classes};"
        " `concord review --dry-run` prints exactly what"
    )


def note_told(settings: Settings) -> None:
    """The notice was shown; it is not repeated for this host."""
    note_host(settings.told, host_of(settings.model))


def bill(usage: Spent, model: ModelSettings) -> str:
    """`model gpt: 8 calls, 21,300 tokens in (9,000 cached), 2,100 out, 0.05 USD`."""
    cost = cost_of(model, usage)
    paid = "" if cost is None else f", {cost:.4f} {model.currency}"
    calls = "1 call" if usage.calls == 1 else f"{usage.calls} calls"
    return (
        f"model {model.name}: {calls}, {usage.input_tokens:,} tokens in"
        f" ({usage.cached_tokens:,} cached), {usage.output_tokens:,} out{paid}"
    )


def cost_of(model: ModelSettings, usage: Spent) -> float | None:
    """In the currency of the office's prices, per million tokens; None where they are not given.

    Cached tokens are part of the input and cost their own price, or the input's.
    """
    if model.price_input is None or model.price_output is None:
        return None
    cached = model.price_input if model.price_cached is None else model.price_cached
    fresh = usage.input_tokens - usage.cached_tokens
    paid = fresh * model.price_input + usage.cached_tokens * cached
    return (paid + usage.output_tokens * model.price_output) / 1_000_000


def host_of(model: ModelSettings) -> str:
    """`HOST:PORT` of the model's endpoint."""
    return endpoint_of(model, "").host
