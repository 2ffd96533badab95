"""A reader's assessment after `verify`: every quote looked up, claims without proof set aside.

Between Assessment and Draft: readers cannot make it, screens never see it.
"""

from pydantic import Field

from agent.schema.assessment import Ask, Covered
from agent.schema.base import Frozen
from agent.schema.draft import Finding, GoalRow, OverlapRow, Searched, Unsupported
from agent.schema.proposal import Citation
from knowledge.vocabulary import Dimension, ReaderName, Status


class CheckedRequirement(Frozen):
    id: str
    status: Status
    citations: tuple[Citation, ...] = ()
    searched: tuple[Searched, ...] = ()
    note: str = ""


class Checked(Frozen):
    reader: ReaderName
    requirements: dict[str, CheckedRequirement] = Field(default_factory=dict)
    overlaps: tuple[OverlapRow, ...] = ()
    goals: tuple[GoalRow, ...] = ()
    findings: tuple[Finding, ...] = ()
    unsupported: tuple[Unsupported, ...] = ()
    refused: frozenset[str] = frozenset()
    """Finding ids and goal ids whose remedy the text refuses, proven by a good quote."""
    questions: tuple[Ask, ...] = ()
    coverage: dict[Dimension, Covered] = Field(default_factory=dict)
    summary: str = ""
