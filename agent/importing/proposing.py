"""From a file to what would be written: the one way in, for the command and for tests.

Reads the file and the knowledge, writes nothing; `writing.write` does.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from agent.importing.compared import Change, before, compare, prefix_of
from agent.importing.described import plan_described
from agent.importing.dropped import Dropped, read_dropped
from agent.importing.planned import Plan, plan_policy
from agent.importing.wanted import Wanted
from agent.importing.writing import Output, outputs
from knowledge.errors import KnowledgeError
from knowledge.importing.opening import TABLES, ending, open_document
from knowledge.reading import Knowledge

Progress = Callable[[int, int, str], None]
NOTHING: Final = Dropped(frozenset(), frozenset())


class Proposal(NamedTuple):
    """What an import would do."""

    plan: Plan
    changes: tuple[Change, ...]
    outputs: tuple[Output, ...]
    mapping: tuple[str, ...] = ()
    """How the columns of a table were understood, one line each."""
    bad: tuple[str, ...] = ()
    """Rows that cannot be used, `file:row: why`."""


def propose(wanted: Wanted, knowledge: Knowledge, progress: Progress | None = None) -> Proposal:
    """Read the file and compare it with the knowledge; KnowledgeError in one sentence."""
    if ending(wanted.file) in TABLES:
        from agent.importing.tabled import plan_table

        tabled = plan_table(wanted)
        return _compared(tabled.plan, wanted, knowledge)._replace(
            mapping=tabled.mapping, bad=tabled.bad
        )
    document = open_document(wanted.file, progress)
    if wanted.kind == "policy":
        plan = plan_policy(document)
    else:
        plan = plan_described(document, wanted.kind, wanted.per)
    return _compared(plan, wanted, knowledge)


def _compared(plan: Plan, wanted: Wanted, knowledge: Knowledge) -> Proposal:
    if wanted.prefix and prefix_of(wanted.prefix) != wanted.prefix.upper():
        raise KnowledgeError(f"--prefix {wanted.prefix}: letters, digits and hyphens, at most 32")
    dropped = NOTHING if wanted.again else read_dropped(knowledge.folder)
    there = before(plan, knowledge, dropped.ids)
    prefix = wanted.prefix or _given(there.policies[0].id if there.policies else "", wanted.file)
    changes = compare(plan, there, prefix, dropped.made_from)
    made = outputs(plan, changes, there, knowledge.folder, prefix)
    return Proposal(plan, tuple(changes), tuple(made))


def _given(policy: str, file: Path) -> str:
    """The prefix that the document's entries have already, else one of its name."""
    return policy or prefix_of(file.stem)
