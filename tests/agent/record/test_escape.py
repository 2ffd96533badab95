"""No untrusted word does anything in a letter: it is read by people and by markdown renderers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from agent.record.escape import LONGEST, inline, paragraphs, shortened
from knowledge.text import clean
from tests.support.hostile import CONTROL, HOSTILE, hostile_letter


def headings(text: str) -> list[str]:
    return re.findall(r"^#+ .*$", text, re.MULTILINE)


def blocks(text: str) -> list[str]:
    """Kinds of block, as a markdown renderer sees them."""
    return [token.type for token in MarkdownIt("commonmark").parse(text)]


def inner(text: str) -> set[str]:
    return {
        child.type
        for token in MarkdownIt("commonmark").parse(text)
        for child in token.children or ()
    }


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_words_cannot_change_the_shape_of_a_letter(text: str) -> None:
    written, plain = hostile_letter(text), hostile_letter("plain words")
    assert len(headings(written)) == len(headings(plain))
    wanted = {"text", "softbreak", "strong_open", "strong_close", "code_inline"}
    assert inner(written) <= wanted
    assert set(blocks(written)) <= {*blocks(plain), "bullet_list_open", "bullet_list_close"}
    for raw in ("<script", "<img", "<svg", "https://", "www."):
        assert raw not in written
    assert not re.search(CONTROL, written)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_rendered_words_are_the_words(text: str) -> None:
    rendered = MarkdownIt("commonmark").parse(f"start {inline(text)}")
    words = "".join(c.content for token in rendered for c in token.children or ())
    assert words == " ".join(f"start {clean(text).text}".split())


@given(st.text(max_size=60))
def test_any_words_are_only_words(text: str) -> None:
    rendered = MarkdownIt("commonmark").parse(f"start {inline(text)}")
    assert [token.type for token in rendered] == ["paragraph_open", "inline", "paragraph_close"]
    assert {c.type for c in rendered[1].children or ()} <= {"text"}
    alone = MarkdownIt("commonmark").parse(inline(text))
    assert {token.type for token in alone} <= {"paragraph_open", "inline", "paragraph_close"}


@given(st.text(alphabet="#->=*_+1.) \n\t`~<[]()!|a", max_size=40))
def test_any_note_is_paragraphs_and_lists(text: str) -> None:
    kinds = {token.type.rsplit("_", 1)[0] for token in MarkdownIt().parse(paragraphs(text))}
    assert kinds <= {"paragraph", "inline", "bullet_list", "list_item"}


def test_long_quotes_are_cut_at_a_word_and_say_so() -> None:
    assert shortened("a  b\nc") == "a b c"
    cut = shortened("word " * 2000)
    assert len(cut) <= LONGEST + 4
    assert cut.endswith("word […]")
