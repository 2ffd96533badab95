"""A found entry as lines: its passage is one paragraph, and the marks stay on their words."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries import Capability, Scope, Source
from knowledge.search import Hit
from knowledge.why import Extract, Term, Why
from tui.found import Found, lines_of
from tui.highlights import QUOTED

LINES = ("Storm letters", "# Storm letters", "## Results of storms", "cars and vans", "a storm", "")


def shown(text: str, word: str = "storm") -> str:
    """The paragraph of an extract in which every `word` is marked."""
    marks, at = [], text.find(word)
    while at >= 0:
        marks.append((at, at + len(word)))
        at = text.find(word, at + 1)
    entry = Capability(
        id="CAP-1",
        title="Storm letters",
        scope=Scope(covers=("cars and vans",)),
        source=Source(path="a.md", sha256="", line=1, text=text),
    )
    extract = Extract(text, "a.md", 1, 2, tuple(marks), before=True, after=False)
    why = Why((Term(word, 1.0),), (extract,), "words")
    hit = Hit("CAP-1", "capability", 2.0, 0.5, 0.5, 1)
    lines = list(lines_of(Found(hit, entry, "Lea", why, None), QUOTED))
    return " ".join(lines[3].split())


def test_headings_lists_and_a_repeated_title_read_as_one_paragraph() -> None:
    text = "cars and vans\n# Storm letters\n## Results of storms\nafter a storm"
    assert shown(text) == "... cars and vans; Results of «storm»s: after a «storm»"


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=8))
def test_marks_stay_on_their_words(lines: list[str]) -> None:
    assert "storm" not in shown("\n".join(lines)).replace("«storm»", "")


def test_the_chance_stands_in_words_and_no_low_one_is_a_verdict() -> None:
    entry = Capability(
        id="C", title="T", source=Source(path="a.md", sha256="", line=1, text="a storm")
    )
    extract = Extract("a storm", "a.md", 1, 1, ((2, 7),), before=False, after=False)
    why = Why((Term("storm", 1.0),), (extract,), "words")
    hit = Hit("C", "capability", 2.0, 0.5, 0.5, 1)
    for chance, said in (
        (0.95, "very likely the same system (95%)"),
        (0.7, "likely the same system (70%)"),
        (0.4, "possibly the same system (40%)"),
        (0.05, "no sign of the same system by its words (5%)"),
    ):
        told = list(lines_of(Found(hit, entry, "", why, chance), QUOTED))[-1]
        assert told.split(";")[0].strip() == said
