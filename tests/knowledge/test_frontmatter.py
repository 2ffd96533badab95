"""Front matter: strings only, exact lines, and a clear refusal of everything clever."""

import time

import pytest

from knowledge.frontmatter import FrontMatter, FrontMatterError, parse, parse_yaml

WRITTEN = """---
id: demo
country: NO
on: 2024-13-45
size: 0x10
text: |
  one

  two

folded: >
  three
  four
requirements:
  - id: R-1
    applies_when:
      data: [personal,
        sensitive]
  - id: R-2
    text: first
      second
empty:
---
Body
"""


def test_values_stay_as_written() -> None:
    values = parse(WRITTEN).values
    assert (values["country"], values["on"], values["size"]) == ("NO", "2024-13-45", "0x10")
    assert values["text"] == "one\n\ntwo\n"
    assert values["requirements"][0]["applies_when"] == {"data": ["personal", "sensitive"]}
    assert values["empty"] == ""


def test_lines_and_spans_are_physical() -> None:
    front = parse(WRITTEN)
    rows = WRITTEN.split("\n")
    for path, line in front.lines.items():
        last = path.split(".")[-1]
        assert last.isdigit() or f"{last}:" in rows[line - 1], path
    assert front.spans["text"] == (6, 9)
    assert front.spans["folded"] == (11, 13)
    assert front.spans["requirements.0"] == (15, 18)
    assert front.spans["requirements.0.applies_when.data"] == (17, 18)
    assert front.spans["requirements.1"] == (19, 21)
    assert front.spans["requirements"] == (14, 21)
    assert WRITTEN[front.body :] == "Body\n"


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n---\nid: x\n---\n",
        "\n---\nid: x\n---\n",
        "----\nid: x\n---\n",
        "---\n\nA rule, then prose: with a colon.\n\n---\nmore",
        "---\n- a list\n---\n",
        "---\n# Title\n---\n",
        "---\n# Title\n\nSome prose.\nStatus: draft\n\n---\n",
        "---\nNo fields here\n",
        "---",
        "",
    ],
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert parse(text) == FrontMatter()


def test_comments_and_dots_and_empty_blocks() -> None:
    assert parse("---\n# fill in\nid: x\n...\nb").values == {"id": "x"}
    assert parse("---\n---\nbody").body == 8


@pytest.mark.parametrize(
    ("block", "line", "says"),
    [
        ("id: A\nid: B", 3, "given twice (first on line 2)"),
        ("a: &x [1]\nb: *x", 2, "anchors"),
        ("a: *x", 2, "aliases"),
        ("a: 1\nb: !!python/object/apply:os.system [id]", 3, "tags are not read"),
        ("a: 1\n<<: {b: c}", 3, "merge keys"),
        ("title: Claims: the helper", 2, "quotes around"),
        ("a: 1\nb: [c", 3, "brackets"),
        ('a: "never closed', 2, "not valid YAML"),
        ('x: "\\ud800"', 2, "not valid YAML"),
        ("a: 1\n\tb: 2", 3, "indent with spaces"),
        ("a: 1\n? [b]: c", 3, "plain text"),
        ("a: @x", 2, "quotes"),
        ("x: " + "[" * 50_000, 2, "nested deeper"),
        ("x:\n" + "".join(" " * i + "x:\n" for i in range(1, 40)), 22, "nested deeper"),
        ("x: " + "y" * 70_000, 2, "64 KiB"),
    ],
)
def test_refusals_name_the_line(block: str, line: int, says: str) -> None:
    began = time.perf_counter()
    with pytest.raises(FrontMatterError) as caught:
        parse(f"---\n{block}\n---\n")
    assert says in str(caught.value)
    assert caught.value.line == line
    assert time.perf_counter() - began < 2


def test_an_alias_bomb_is_refused_before_it_grows() -> None:
    rows = ["a: &a [lol, lol, lol]"]
    rows += [
        f"{y}: &{y} [{', '.join(['*' + x] * 9)}]"
        for x, y in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    began = time.perf_counter()
    with pytest.raises(FrontMatterError, match="anchors"):
        parse("---\n" + "\n".join(rows) + "\n---\n")
    assert time.perf_counter() - began < 1


def test_an_unclosed_fence_says_what_to_do() -> None:
    with pytest.raises(FrontMatterError, match="never closed: put ---") as caught:
        parse("---\nid: x\n\nBody")
    assert caught.value.line == 1


def test_escapes_inside_values_are_cleaned() -> None:
    assert parse('---\nx: "a\\x1b[31mb\\u202ec"\n---\n').values == {"x": "abc"}


def test_a_whole_file() -> None:
    values, at = parse_yaml(
        "decided: 2026-03-02\noverlaps: {CAP-1: duplicate}\nfindings:\n  - {a: b}\n"
    )
    assert values == {
        "decided": "2026-03-02",
        "overlaps": {"CAP-1": "duplicate"},
        "findings": [{"a": "b"}],
    }
    assert at == {"decided": 1, "overlaps": 2, "overlaps.CAP-1": 2, "findings": 3, "findings.0": 4,
                  "findings.0.a": 4}  # fmt: skip
    assert parse_yaml("") == ({}, {})
    with pytest.raises(FrontMatterError, match="list"):
        parse_yaml("- a\n")
    with pytest.raises(FrontMatterError, match="only one"):
        parse_yaml("a: b\n---\nc: d\n")
