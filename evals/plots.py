"""Two pictures as SVG: is the probability true, and how often is the right record found.

Owns geometry; colours and strokes stand in the templates. Each picture brings its own ground and
follows the reader's light or dark setting. No plotting library: the figures are few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from evals.page import Plot, environment, number

LEFT, TOP, SIDE, HEIGHT, BAR = 62, 54, 320, 250, 34


class _Dot(NamedTuple):
    x: float
    y: float
    radius: float
    says: str


class _Bar(NamedTuple):
    x: float
    y: float
    height: float
    series: int
    value: str
    low: float
    """Height in the picture of the interval's lower end."""
    high: float


class _Group(NamedTuple):
    x: float
    label: str
    bars: tuple[_Bar, ...]


def reliability(bins: Sequence[Mapping[str, Any]], caption: str) -> Plot:
    """Mean probability against the share that was true; the area of a dot is its share of cases."""
    most = max((row["n"] for row in bins), default=1)
    dots = [
        _Dot(
            x=round(LEFT + SIDE * row["predicted"], 1),
            y=round(TOP + SIDE * (1 - row["observed"]), 1),
            radius=round(3 + 9 * float(row["n"] / most) ** 0.5, 1),
            says=f"said {number(row['predicted'], 2)}, true {number(row['observed'], 2)}, "
            f"n = {row['n']}",
        )
        for row in bins
    ]
    says = "Reliability: the probability that was given against how often it was true"
    svg = _render("reliability.svg.j2", says=says, caption=caption, dots=dots, side=SIDE)
    return Plot("reliability", says, svg)


def recall_by_rewrite(methods: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]) -> Plot:
    """recall@1 of each method for each rewrite strength and for all, with its interval."""
    first = next(iter(methods.values()))
    strengths = [*first["by_rewrite"], "all"]
    step = BAR * len(methods) + 26
    groups = []
    for place, strength in enumerate(strengths):
        x = LEFT + 14 + place * step
        bars = tuple(
            _bar(x + BAR * series, series, method, strength)
            for series, method in enumerate(methods.values())
        )
        count = first["by_rewrite"][strength]["n"] if strength != "all" else None
        label = f"{strength} (n = {count})" if count is not None else "all"
        groups.append(_Group(x + BAR * len(methods) / 2, label, bars))
    says = "recall@1 by how strongly the wording differs: " + ", ".join(names.values())
    svg = _render(
        "recall.svg.j2",
        says=says,
        groups=groups,
        names=[names[name] for name in methods],
        width=LEFT + 14 + step * len(strengths) + 6,
        bar=BAR,
        height=HEIGHT,
    )
    return Plot("recall", says, svg)


def _bar(x: float, series: int, method: Mapping[str, Any], strength: str) -> _Bar:
    found = method if strength == "all" else method["by_rewrite"][strength]
    value = found["recall@1"] or 0.0
    low, high = found["intervals"]["recall@1"]
    return _Bar(
        x=x,
        y=_height(value),
        height=round(HEIGHT * value, 1),
        series=series,
        value=number(found["recall@1"], 2),
        low=_height(value if low is None else low),
        high=_height(value if high is None else high),
    )


def _height(value: float) -> float:
    return round(TOP + HEIGHT * (1 - value), 1)


def _render(template: str, **values: Any) -> str:
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    return environment().get_template(template).render(left=LEFT, top=TOP, ticks=ticks, **values)
