"""One reader's reading alone, and the other's only where that one did not read. Pure.

For `--reader llm`, which measures a model by itself: its findings are not joined with the rules',
but what it never looked at (hygiene, a call that failed) is no blank page either.
"""

from agent.schema.checked import Checked
from agent.schema.draft import Finding
from knowledge.vocabulary import DIMENSIONS, Dimension


def only_where_unread(other: Checked, reading: Checked) -> Checked:
    """`other` without the dimensions that `reading` covers; its questions go with them."""
    unread = {d for d in DIMENSIONS if not _read(reading, d)}

    def left(finding: Finding) -> bool:
        return finding.dimension in unread

    findings = tuple(f for f in other.findings if left(f))
    goals = other.goals if "alignment" in unread else ()
    ids = {f.id for f in findings} | {g.id for g in goals}
    return other.model_copy(
        update={
            "requirements": other.requirements if "trust" in unread else {},
            "overlaps": other.overlaps if "overlap" in unread else (),
            "goals": goals,
            "findings": findings,
            "unsupported": tuple(u for u in other.unsupported if left(u.finding)),
            "refused": other.refused & ids,
            "questions": (),
            "coverage": {d: row for d, row in other.coverage.items() if d in unread},
        }
    )


def _read(reading: Checked, dimension: Dimension) -> bool:
    row = reading.coverage.get(dimension)
    return row is not None and row.state != "not_checked"
