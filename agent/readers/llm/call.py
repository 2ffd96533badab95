"""The form of one call to a model: what it asks, what it checks, what it becomes.

Each of the four calls is a value of this type in a module of its own (`trust`, `alignment`,
`overlap`, `dependencies`); `reader.py` runs them and knows nothing of their content.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import prompts
from agent.readers.llm.material import Material
from agent.readers.llm.shown import facts_text
from agent.readers.llm.types import Brief
from agent.readers.llm.wire import Wire
from agent.schema.assessment import Assessment
from knowledge.vocabulary import Dimension

W = TypeVar("W", bound=Wire)


@dataclass(frozen=True)
class Call(Generic[W]):
    """All functions are pure: the same material and answer give the same result."""

    name: str
    """Of its prompt, and what a person reads in messages."""
    answer: type[W]
    dimensions: tuple[Dimension, ...]
    uses_tools: bool
    """All evidence of a call without tools is in the proposal and the lists it is given."""
    idle: Callable[[Material], str]
    """Why there is nothing to ask; empty: there is."""
    values: Callable[[Material], dict[str, object]]
    """What its prompt needs beside the proposal and the facts."""
    check: Callable[[W, Material], tuple[str, ...]]
    """What is wrong with an answer that fits the schema, as sentences for the model."""
    read: Callable[[W, Material], Assessment]
    """A part of the reading; never raises, whatever the answer says."""

    def brief(self, material: Material) -> Brief:
        """The messages, exactly as they are sent."""
        values: dict[str, object] = {
            "marker": material.marker,
            "facts": facts_text(material.evidence.facts),
            "proposal": material.shown,
            "cut": material.cut,
        }
        if self.uses_tools:
            values["tools"] = material.tools
        user = prompts.render(self.name, **values, **self.values(material))
        return Brief(name=self.name, system=prompts.render("system"), user=user)


def repair(marker: str, problems: tuple[str, ...]) -> str:
    """The one message that asks for a corrected answer."""
    listed = "\n".join(f"- {problem}" for problem in problems)
    return prompts.render("repair", marker=marker, problems=listed.replace(marker, "MARKER"))
