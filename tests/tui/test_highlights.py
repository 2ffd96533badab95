"""Marked text: whole words, wide characters, and what a terminal that shows no styles gets."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.support.command_line import MODULE
from tests.support.office import write_office
from tests.support.pseudo_terminal import desk_in_terminal
from tui.highlights import QUOTED, STYLED, Marking, folded

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def test_marks_stand_round_their_words_in_either_way() -> None:
    text = "a claim is paid"
    assert folded(text, [(2, 7)], QUOTED, 40, "  ") == "  a «claim» is paid"
    assert folded(text, [(2, 7)], STYLED, 40, "  ") == "  a \x1b[1;4mclaim\x1b[22;24m is paid"
    assert folded(text, [(2, 7)], QUOTED, 12, "  ", "* ") == "* a «claim»\n  is paid"


def test_wide_characters_take_two_columns_and_a_mark_goes_on_in_the_next_line() -> None:
    lines = folded("保険金の請求を受け付ける", [(0, 12)], STYLED, 12, "  ").split("\n")
    assert len(lines) > 1
    for line in lines:
        assert line.startswith("  \x1b[1;4m")
        assert line.endswith("\x1b[22;24m")
        assert cell_len(ESCAPES.sub("", line)) <= 12


def test_what_a_terminal_would_obey_is_cleaned_and_loses_its_marks() -> None:
    assert folded("a\x1b[2Jclaim", [(0, 1)], STYLED, 40, "") == "aclaim"


@given(
    st.text(alphabet="ab 保é\u0301🔥\n«", max_size=60),
    st.integers(0, 60),
    st.integers(0, 60),
    st.sampled_from([QUOTED, STYLED]),
)
def test_no_letter_is_lost_and_no_line_too_long(
    text: str, one: int, two: int, how: Marking
) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    plain = folded(text, [], how, 20, "  ")
    shown = folded(text, [(start, end)], how, 20, "  ")
    for line in shown.split("\n"):
        assert cell_len(ESCAPES.sub("", line)) <= 20
    assert _letters(plain) == "".join(text.split())
    assert _letters(shown).replace("«", "").replace("»", "") == "".join(text.split()).replace(
        "«", ""
    )


def _letters(shown: str) -> str:
    return "".join(ESCAPES.sub("", shown).split())


@pytest.mark.parametrize(("no_color", "marked"), [("", "\x1b[1;4mRoof"), ("1", "«Roof» damage")])
def test_a_terminal_is_shown_styles_unless_it_asks_for_none(
    tmp_path: Path, no_color: str, marked: str
) -> None:
    root = write_office(tmp_path).root
    command = (*MODULE, "search", "roof", "-k", "1")
    with desk_in_terminal(
        root, size=(70, 40), env={"NO_COLOR": no_color}, command=command
    ) as terminal:
        assert terminal.end() == 0, terminal.error()
        assert marked in terminal.stream.decode()
