"""Passages: what is embedded of each kind, where long bodies are cut, and stable ids."""

from pathlib import Path

from knowledge.entries import Capability, Source
from knowledge.passages import PIECE, SHORT, passages
from knowledge.reading import load
from tests.support.catalogue import OFFICE, write


def words(count: int, word: str) -> str:
    return " ".join(f"{word}{number}" for number in range(count))


def capability(body: str, *, one_line: bool = False) -> Capability:
    text = f"---\nid: A\ntitle: Title\n---\n{body}\n"
    source = Source(path="a.md", sha256="", line=1, text=text, one_line=one_line)
    return Capability(id="A", title="Title", body=body.strip(), source=source)


def test_a_short_entry_is_one_passage_with_what_describes_it(tmp_path: Path) -> None:
    entries = load(write(tmp_path, OFFICE)).entries
    found = {name: passages(entry) for name, entry in entries.items()}
    assert {len(made) for made in found.values()} == {1}
    assert "Invoice reader" in found["CAP-1"][0].text
    assert "credit notes" in found["CAP-1"][0].text
    assert "bookkeeper" in found["CAP-1"][0].text
    assert "informed|told" in found["REQ-1"][0].text
    assert "Median first answer" in found["GOAL-1"][0].text
    assert "within one working day" in found["PAT-1"][0].text
    assert "Ledger" in found["AST-1"][0].text
    requirement = found["REQ-1"][0]
    assert (requirement.line_start, requirement.line_end) == (6, 13)


def test_a_long_body_is_cut_at_headings_and_paragraphs() -> None:
    body = "\n".join(
        [
            words(90, "intro"),
            "",
            "# Use",
            words(130, "use"),
            "",
            words(130, "more"),
            "",
            "## Limits",
            "```",
            "# no heading",
            "```",
            words(20, "limit"),
            "# End",
            words(5, "end"),
        ]
    )
    made = passages(capability(body))
    assert [p.path for p in made] == [(), ("Use",), ("Use",), ("Use", "Limits"), ("End",)]
    assert [p.ordinal for p in made] == [0, 1, 2, 3, 4]
    assert [(p.line_start, p.line_end) for p in made] == [
        (5, 5),
        (8, 8),
        (10, 10),
        (13, 16),
        (18, 18),
    ]
    assert all(p.text.startswith("Title\n") for p in made)
    assert "# no heading" in made[3].text
    joined = " ".join(p.text for p in made)
    assert all(word in joined.split() for word in body.replace("#", "").split())


def test_a_line_without_end_is_cut_by_words() -> None:
    made = passages(capability(words(1000, "w")))
    assert max(len(p.text.split()) for p in made) <= PIECE + 1
    assert sum(len(p.text.split()) - 1 for p in made) == 1000
    assert {(p.line_start, p.line_end) for p in made} == {(5, 5)}


def test_a_table_row_stands_on_its_line() -> None:
    made = passages(capability(words(SHORT * 2, "w"), one_line=True))
    assert len(made) > 1
    assert {(p.line_start, p.line_end) for p in made} == {(1, 1)}


def test_ids_follow_content() -> None:
    one, two = capability("Some text"), capability("Some other text")
    assert passages(one) == passages(one)
    assert passages(one)[0].id != passages(two)[0].id
    renamed = one.model_copy(update={"id": "B"})
    assert passages(one)[0].id != passages(renamed)[0].id
