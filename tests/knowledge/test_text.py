"""Decoding and cleaning: nothing that steers a screen gets through, positions stay the file's."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import CleanText, clean, decode, lines

SPECIAL = [chr(code) for code in (*range(32), *range(0x7F, 0xA0), *range(0xE0020, 0xE0080))]
SPECIAL += list("\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u202a\u202e\u2028\u2029")
SPECIAL += list("\u2060\u2066\u3164\ufe0e\ufe0f\ufeff\uffa0\ufff9\ufffe\ud800\udfff\U000e0100")
SPECIAL += ["\x1b[", "\x1b]", "\x1bP", "\x1b\\", "\r\n", "1", "#", "\u20e3", "a", "]", "m", ";"]
SPECIAL += ["\U0001f3f4", "\U0001f469", "\u2764", "\u0645", "\u0915", "\u094d", "\u845b", "\xc3"]
TEXTS = st.lists(st.sampled_from(SPECIAL) | st.characters(), max_size=60).map("".join)
HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]"
)


@given(TEXTS)
def test_cleaning_is_idempotent_and_keeps_every_line(raw: str) -> None:
    once = clean(raw)
    again = clean(once.text)
    assert again == CleanText(once.text)
    assert len(lines(once.text)) == len(lines(raw))
    assert not HIDDEN.search(once.text)
    once.text.encode("utf-8")


@given(TEXTS)
def test_what_is_hidden_is_told_in_characters_that_can_be_shown(raw: str) -> None:
    for hidden in clean(raw).hidden:
        assert clean(hidden.text).hidden == ()
        assert len(hidden.text) <= 200
        assert hidden.count > 0


@given(TEXTS)
def test_positions_are_those_of_the_file(raw: str) -> None:
    cleaned = clean(raw)
    rows = lines(raw.removeprefix("\ufeff"))
    for offset, letter in enumerate(cleaned.text):
        if letter in "\n \ufffd":
            continue
        line, col = cleaned.position(offset)
        assert rows[line - 1][col - 1] == letter


@given(st.binary(max_size=200))
def test_any_bytes_can_be_decoded_and_cleaned(raw: bytes) -> None:
    text, notes = decode(raw)
    clean(text).text.encode("utf-8")
    assert all(note and "\n" not in note for note in notes)


@pytest.mark.parametrize(
    ("raw", "text", "kind", "says"),
    [
        ("a\x1b[31mred\x1b[0m", "ared", "escape", "␛[31m␛[0m"),
        ("a\x9b31mred", "ared", "escape", "<9B>31m"),
        ("a\x1b]52;c;ZXZpbA==\x07b", "ab", "escape", "␛]52;c;ZXZpbA==␇"),
        ("a\x9d0;title\x9cb", "ab", "escape", "<9D>0;title<9C>"),
        ("a\x1bPq#0\x1b\\b", "ab", "escape", "␛Pq#0␛\\"),
        ("a\x1b]0;never ends\nb", "a0;never ends\nb", "escape", "␛]"),
        ("pass\u202eword", "password", "bidi", "U+202E"),
        ("pass\u200bword", "password", "zero_width", "U+200B"),
        ("so\u00adft", "soft", "zero_width", "U+00AD"),
        ("x\U000e0048\U000e0069y", "xy", "tag", "Hi"),
        ("😊" + "".join(chr(0xE00F0 + byte) for byte in b"obey"), "😊", "variation", "obey"),
        ("a\ud800b", "a\ufffdb", "surrogate", "U+D800"),
        ("a\u2028b\x85c\x0cd", "a b c d", "control", "U+2028 U+0085 U+000C"),
        ("a\x00b\ufffe", "ab", "control", "U+0000 U+FFFE"),
        ("a\u3164b", "ab", "zero_width", "U+3164"),
    ],
)
def test_hidden_characters_are_taken_out_and_told(
    raw: str, text: str, kind: str, says: str
) -> None:
    cleaned = clean(raw)
    assert cleaned.text == text
    assert (cleaned.hidden[0].kind, cleaned.hidden[0].text) == (kind, says)


@pytest.mark.parametrize(
    "text",
    [
        "👨‍👩‍👧 👩🏽‍🚀 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇩🇪 ☎︎",
        "می‌خواهم",
        "क्‍ष ന്‍",
        "tab\there, Grüße, 中文 日本語 ไทย, a\u00a0b\u3000c",
        "\\x1b[31m \\u202e %s {{ x }} [/]",
    ],
)
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert clean(text) == CleanText(text)


def test_a_wrongly_decoded_quotation_mark_starts_no_terminal_sequence() -> None:
    mojibake = "“one” and “two”".encode().decode("latin-1")
    assert clean(mojibake).text == "âone\xe2 and âtwoâ"


def test_runs_of_one_kind_are_one_hidden_thing() -> None:
    spelled = "a".join(chr(0xE0000 + ord(letter)) for letter in "approve")
    (hidden,) = clean(f"first\n  {spelled}").hidden
    assert (hidden.line, hidden.col, hidden.count, hidden.text) == (2, 3, 7, "approve")


def test_lines_end_at_lf_crlf_and_cr_only() -> None:
    assert lines("a\rb\r\nc\nd\u2028e\x0bf\x85g") == ["a", "b", "c", "d\u2028e\x0bf\x85g"]
    assert clean("a\rb\r\n\r\nc").text == "a\nb\n\nc"


def test_offsets_of_lines() -> None:
    cleaned = clean("ab\r\n\u200bcd\r\ne")
    assert [cleaned.offset(line) for line in (1, 2, 3, 4)] == [0, 3, 6, 7]
    assert cleaned.position(3) == (2, 2)
    assert cleaned.position(6) == (3, 1)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Grüße".encode("utf-8-sig"), "Grüße"),
        ("Grüße".encode("utf-16"), "Grüße"),
        ("\ufeffGrüße".encode("utf-16-be"), "Grüße"),
        ("Grüße, all of you".encode("utf-16-le"), "Grüße, all of you"),
        ("Grüße, all of you".encode("utf-16-be"), "Grüße, all of you"),
        ("Grüße".encode("utf-32"), "Grüße"),
        (b"", ""),
    ],
)
def test_encodings(raw: bytes, text: str) -> None:
    assert decode(raw)[0] == text


def test_invalid_bytes_are_replaced_with_a_note_that_gives_the_line() -> None:
    text, notes = decode(b"one\r\ntwo\rcaf\xe9\nna\xefve \xef\xbf\xbd")
    assert text == "one\r\ntwo\rcaf\ufffd\nna\ufffdve \ufffd"
    assert notes == ("2 byte sequences that are not UTF-8 replaced by � (first on line 3); "
                     "save the file as UTF-8",)  # fmt: skip


def test_broken_utf_16_is_read_as_far_as_it_goes() -> None:
    text, notes = decode(b"\xff\xfea\x00\n\x00\x00\xd8b\x00c")
    assert text.startswith("a\n\ufffd")
    assert "line 2" in notes[1]


@pytest.mark.parametrize(
    "piece", ["plain text here\n", "\x1b]", "\x9d", "\x1b[", "a\u200b", "``<\x00"]
)
def test_a_mebibyte_is_cleaned_at_once(piece: str) -> None:
    raw = piece * (1_048_576 // len(piece))
    began = time.perf_counter()
    cleaned = clean(raw)
    assert time.perf_counter() - began < 15  # measured: 0.006 s plain, 1 s at worst; not quadratic
    assert not any(unicodedata.category(letter) == "Cf" for letter in cleaned.text)
