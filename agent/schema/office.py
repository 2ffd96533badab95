"""What an office configures that a review depends on: facts, outcome table, people."""

from pydantic import Field

from agent.schema.base import Frozen


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
