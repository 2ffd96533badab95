"""Where two readers read differently and it matters: each such split is a question. Pure.

It matters when it would change the outcome, or concerns a requirement of severity blocker or high.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from agent.draft.outcome import Standing, compute
from agent.schema.base import content_id
from agent.schema.checked import Checked
from agent.schema.draft import GoalRow, OverlapRow, Question, RequirementRow
from knowledge.vocabulary import ReaderName


def split_questions(readings: Sequence[Checked], standing: Standing) -> tuple[Question, ...]:
    """Requirements first, then overlaps and goals, each by id; none with a single reader."""
    if len(readings) < 2:
        return ()
    first, second = readings[0], readings[1]
    return (
        *_of_requirements(standing),
        *_of_overlaps(first, second, standing),
        *_of_goals(first, second, standing),
    )


def _of_requirements(standing: Standing) -> Iterator[Question]:
    for row in standing.requirements:
        read = [reader.status for reader in row.readers.values()]
        if row.applies != "yes" or len(set(read)) < 2:
            continue
        others = [
            [r.model_copy(update={"status": s}) if r is row else r for r in standing.requirements]
            for s in read
        ]
        turns = any(_turns(standing, replace(standing, requirements=rows)) for rows in others)
        if turns or row.severity in ("blocker", "high"):
            yield _question(row.id, _readings(row), turns, (row.id,))


def _readings(row: RequirementRow) -> str:
    said = [f"{_who(name)} {r.status.replace('_', ' ')}" for name, r in row.readers.items()]
    return f"{row.id}: {', '.join(said)}. Which is so, and which sentence says it?"


def _of_overlaps(first: Checked, second: Checked, standing: Standing) -> Iterator[Question]:
    """What the rules do not name is unrelated to them."""
    rules = {row.entry: row for row in first.overlaps}
    for row in sorted(second.overlaps, key=lambda o: o.entry):
        known = rules.get(row.entry) or row.model_copy(update={"relation": "unrelated"})
        if known.relation == row.relation:
            continue
        turns = any(_turns(standing, _with_overlap(standing, either)) for either in (known, row))
        if turns:
            said = (known.relation, row.relation)
            yield _question(row.entry, _which(row.entry, first, second, said), turns)


def _of_goals(first: Checked, second: Checked, standing: Standing) -> Iterator[Question]:
    rules = {row.id: row for row in first.goals}
    for row in sorted(second.goals, key=lambda g: g.id):
        known = rules.get(row.id) or row.model_copy(update={"verdict": "not_addressed"})
        if known.verdict == row.verdict:
            continue
        turns = any(_turns(standing, _with_goal(standing, either)) for either in (known, row))
        if turns:
            said = (known.verdict, row.verdict)
            yield _question(row.id, _which(row.id, first, second, said), turns)


def _which(subject: str, first: Checked, second: Checked, said: tuple[str, str]) -> str:
    one, other = (word.replace("_", " ") for word in said)
    return f"{subject}: {_who(first.reader)} {one}, {_who(second.reader)} {other}. Which is so?"


def _who(reader: ReaderName) -> str:
    return {"rules": "the rules read", "llm": "the model reads"}[reader]


def _with_overlap(standing: Standing, row: OverlapRow) -> Standing:
    rest = [o for o in standing.overlaps if o.entry != row.entry]
    return replace(standing, overlaps=[*rest, row])


def _with_goal(standing: Standing, row: GoalRow) -> Standing:
    return replace(standing, goals=[*(g for g in standing.goals if g.id != row.id), row])


def _turns(standing: Standing, other: Standing) -> bool:
    return compute(standing)[0] != compute(other)[0]


def _question(about: str, text: str, turns: bool, changes: tuple[str, ...] = ()) -> Question:
    changed = (*changes, "outcome") if turns else changes
    return Question(id=content_id("question", about), text=text, about=about, changes=changed)
