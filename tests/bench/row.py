"""One measured bar, and how to measure it: medians, both sides taken in turns.

Owns the arithmetic only; what is measured stands in the modules beside this one.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Row:
    """A duration in seconds against a reference of the same run, or against an absolute bar; or a
    count of something else."""

    name: str
    measured: float
    bar: float
    """With a reference: the largest ratio allowed. Without: the largest duration, in seconds."""
    reference: float | None = None
    against: str = ""
    """What the reference is, in words."""
    unit: str = ""
    """What is counted; empty: seconds."""

    @property
    def ratio(self) -> float | None:
        return None if self.reference is None else self.measured / self.reference

    @property
    def ok(self) -> bool:
        ratio = self.ratio
        return (self.measured if ratio is None else ratio) <= self.bar


def environment() -> dict[str, str]:
    """For both sides of a comparison of processes: as a user has it, so that what the developer set
    for Concord or for Python (no bytecode, no buffering) weighs on neither."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("CONCORD_", "PYTHON"))}


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def medians(*works: Callable[[], object], repeats: int = 7) -> tuple[float, ...]:
    """Median wall time of each, taken in turns so that a slow moment of the machine hits all.

    A first round warms caches and is not counted.
    """
    rounds = [[seconds(work) for work in works] for _ in range(repeats + 1)][1:]
    return tuple(median(column) for column in zip(*rounds, strict=True))


def table(rows: list[Row]) -> str:
    """The rows as aligned text, one line each."""
    head = ("name", "measured", "reference", "ratio", "bar", "")
    cells = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def _cells(row: Row) -> tuple[str, ...]:
    reference = "" if row.reference is None else f"{_shown(row.reference, row)} {row.against}"
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    bar = f"≤ {_shown(row.bar, row)}" if row.ratio is None else f"≤ {row.bar:g}×"
    return (
        row.name,
        _shown(row.measured, row),
        reference.rstrip(),
        ratio,
        bar,
        "ok" if row.ok else "MISSED",
    )


def _shown(value: float, row: Row) -> str:
    return f"{value:,.0f} {row.unit}" if row.unit else f"{value * 1000:,.1f} ms"
