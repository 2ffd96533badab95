"""What became of findings of one rule on other initiatives: a hint for whoever judges the next one.

Reads only. The index of findings tells which steps are about the rule; what those steps say is
played like on any sheet, so that what was undone does not count.
"""

import json
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, Literal

from sqlalchemy import Connection, LargeBinary, cast, select

from agent.record.replay import Row, replay
from agent.record.step_rows import row_of
from agent.record.store import Store
from agent.record.tables import blob, edit, finding

PastVerdict = Literal["accepted", "edited", "dismissed"]
NEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class PastReview:
    """One finding of the rule on another initiative, as a person left it."""

    initiative: str
    verdict: PastVerdict
    """Edited and accepted counts as edited; dismissed above both."""
    at: str
    """Of the last step on it, UTC."""


@dataclass(frozen=True, slots=True)
class PastVerdicts:
    accepted: int = 0
    edited: int = 0
    dismissed: int = 0
    newest: tuple[PastReview, ...] = ()
    """One for each of the newest three initiatives, newest first."""

    @property
    def total(self) -> int:
        return self.accepted + self.edited + self.dismissed


def past_verdicts(store: Store, rule: str, excluding: str = "") -> PastVerdicts:
    """How findings of a rule were judged on initiatives other than one."""
    with store.reading() as conn:
        rows = _rows(conn, rule, excluding)
    reviews: list[PastReview] = []
    for initiative, steps in groupby(rows, key=lambda pair: pair[0]):
        reviews += _reviews(initiative, [row for _, row in steps])
    counts = {v: sum(r.verdict == v for r in reviews) for v in ("accepted", "edited", "dismissed")}
    newest: dict[str, PastReview] = {}
    for review in sorted(reviews, key=lambda r: (r.at, r.initiative), reverse=True):
        newest.setdefault(review.initiative, review)
    return PastVerdicts(**counts, newest=tuple(newest.values())[:NEWEST])


def _rows(conn: Connection, rule: str, excluding: str) -> list[tuple[str, Row]]:
    """(initiative, step) of every step on a finding of the rule, each initiative's in order."""
    columns = [edit.c[name] for name in Row._fields if name != "payload"]
    found = conn.execute(
        select(edit.c.initiative, *columns, cast(blob.c.bytes, LargeBinary).label("said"))
        .join(finding, finding.c.id == edit.c.finding)
        .join(blob, blob.c.sha256 == edit.c.payload_sha256)
        .where(finding.c.rule == rule, edit.c.initiative != excluding, blob.c.bytes.is_not(None))
        .order_by(edit.c.initiative, edit.c.seq)
    ).mappings()
    return [(row["initiative"], row_of(row, _payload(row["said"]))) for row in found]


def _payload(said: bytes) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(said.decode("utf-8", "surrogatepass"))
    return value


def _reviews(initiative: str, rows: list[Row]) -> list[PastReview]:
    standing: dict[str, list[Row]] = {}
    for row in replay(rows, rows[-1].version).standing():
        standing.setdefault(row.finding, []).append(row)
    return [
        PastReview(initiative, _verdict({row.kind for row in held}), max(row.at for row in held))
        for held in standing.values()
    ]


def _verdict(kinds: set[str]) -> PastVerdict:
    if "dismissed" in kinds:
        return "dismissed"
    return "edited" if "edited" in kinds else "accepted"
