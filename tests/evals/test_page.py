"""Pages and pictures: figures as written, names inert, every picture well-formed."""

from xml.etree import ElementTree

import pytest

from evals import plots
from evals.page import Page, Table, html, markdown, number, spread, text

HOSTILE = "<script>x</script> | [a](b)"


def method(value: float, *strengths: str) -> dict[str, object]:
    figures = {"recall@1": value, "intervals": {"recall@1": [value - 0.1, value + 0.05]}}
    return {**figures, "by_rewrite": {name: {**figures, "n": 3} for name in strengths}}


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.8754, ".875"), (1.0, "1.000"), (-0.05, "-.050"), (0.0, ".000"), (None, "–")],
)
def test_numbers(value: float | None, shown: str) -> None:
    assert number(value) == shown


def test_spreads() -> None:
    assert spread(0.5, 0.4, 0.6) == ".500 [.400, .600]"
    assert spread(0.05, -0.01, 0.11, sign=True) == "+.050 [-.010, +.110]"
    assert spread(0.5, None, None) == ".500"
    assert spread(None, None, None) == "–"


def test_names_are_inert_on_every_page() -> None:
    table = Table("Figures", ("", HOSTILE), (("a long label", "1"), ("b", "22")), "A note.")
    page = Page("Title", ("One.",), (table,), (plots.reliability([], HOSTILE),))
    assert "<script" not in html(page)
    assert "\\|" in markdown(page)
    rows = [line for line in text(page).split("\n") if line.endswith(("1", "22"))]
    assert [row.rindex(cell) for row, cell in zip(rows, ("1", "22"), strict=True)] == [16, 16]


def test_a_bar_is_as_high_as_its_figure_and_pictures_are_well_formed() -> None:
    methods = {"concord": method(0.8, "strong", HOSTILE), "bm25": method(0.4, "strong", HOSTILE)}
    plot = plots.recall_by_rewrite(methods, {"concord": "Concord", "bm25": "BM25"})
    root = ElementTree.fromstring(plot.svg)
    heights = [
        float(bar.attrib["height"])
        for bar in root.iter("{http://www.w3.org/2000/svg}rect")
        if bar.attrib.get("class") in ("s0", "s1") and "y" in bar.attrib
    ]
    assert heights[:2] == [0.8 * plots.HEIGHT, 0.4 * plots.HEIGHT]
    assert len(heights) == 3 * 2 + 2  # three groups, and the legend
    ElementTree.fromstring(plots.reliability([], "no bins").svg)


def test_a_dot_stands_where_it_was_said_and_true() -> None:
    plot = plots.reliability([{"n": 4, "predicted": 0.25, "observed": 0.75}], "x")
    (dot,) = ElementTree.fromstring(plot.svg).iter("{http://www.w3.org/2000/svg}circle")
    expected = (plots.LEFT + plots.SIDE / 4, plots.TOP + plots.SIDE / 4)
    assert (float(dot.attrib["cx"]), float(dot.attrib["cy"])) == expected
