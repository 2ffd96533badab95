"""Rows of a register → a plan: the columns become fields by a mapping that is shown first.

Owns the choice of the mapping: named, given by columns, or guessed. Rows are read by `knowledge`.
"""

from typing import NamedTuple

from agent.importing.planned import Plan
from agent.importing.wanted import Wanted
from knowledge.errors import KnowledgeError


class Tabled(NamedTuple):
    plan: Plan
    mapping: tuple[str, ...]
    bad: tuple[str, ...]


def plan_table(wanted: Wanted) -> Tabled:
    raise KnowledgeError(f"{wanted.file}: tables are not read yet")
