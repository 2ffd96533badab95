"""PDF pages back to paragraphs."""

from pathlib import Path

from knowledge.importing.blocks import Document
from knowledge.importing.opening import open_document
from tests.support.documents import pdf, put

FILL = "Text that fills the page so that its lines are about as long as lines of a page are."


def read(tmp_path: Path, *pages: list[str]) -> Document:
    return open_document(put(tmp_path / "a.pdf", pdf(pages)))


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in document.blocks]


def test_lines_become_paragraphs_and_hyphens_are_joined(tmp_path: Path) -> None:
    read_ = read(
        tmp_path,
        [
            "The provider of a system keeps the docu-",
            "mentation of every high-risk system, and the",
            "staff who run a high-",
            "risk system read it.",
        ],
    )
    assert read_.text == (
        "The provider of a system keeps the documentation of every high-risk system, and the staff"
        " who run a high-risk system read it."
    )


def test_heads_feet_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    pages = [
        ["Office of Things - AI policy", f"Body {word}.", FILL, f"End {word}.", f"Page {n} of 4"]
        for n, word in enumerate(("one", "two", "three", "four"), start=1)
    ]
    read_ = read(tmp_path, *pages)
    assert "Office of Things" not in read_.text
    assert "of 4" not in read_.text
    assert read_.text.count(FILL) == 4
    assert read_.notes == ("8 lines that repeat at the top or foot of the pages are left out",)


def test_a_sentence_across_pages_begins_on_its_first(tmp_path: Path) -> None:
    read_ = read(
        tmp_path, [FILL, "The owner of the system must"], ["check it each year. Then more."]
    )
    (block,) = read_.blocks
    assert "The owner of the system must check it each year." in block.text
    assert block.page(block.text.index("The owner")) == 1
    assert block.page(block.text.index("Then more")) == 2


def test_headings_by_number_name_and_capitals(tmp_path: Path) -> None:
    found = kinds(
        read(
            tmp_path,
            [
                "1 Scope",
                FILL,
                "2.1 Human oversight",
                "A person must look at each decision that the system makes about a customer.",
                "Article 5 Prohibited practices",
                FILL,
                "ANNEX",
                FILL,
            ],
        )
    )
    headings = [text for kind, text in found if kind == "heading"]
    assert headings == [
        "1 Scope",
        "2.1 Human oversight",
        "Article 5 Prohibited practices",
        "ANNEX",
    ]


def test_headings_are_larger_where_lines_look_different(tmp_path: Path) -> None:
    found = kinds(
        read(
            tmp_path,
            [
                "# Rules for all who build",
                "# or buy a system",
                FILL,
                "Short line",
                "THE TEAM MUST KEEP ALL ITS LOGS",
                "for a year, as it says",
                "# Duties of the team",
                "Logs are kept.",
            ],
        )
    )
    assert [text for kind, text in found if kind == "heading"] == [
        "Rules for all who build or buy a system",
        "Duties of the team",
    ]


def test_items_stay_apart_and_a_reference_is_none(tmp_path: Path) -> None:
    found = kinds(
        read(
            tmp_path,
            [
                "The team must keep:",
                "(a) logs of all answers;",
                "(b) the version of the model.",
                "• and a list of its users, as asked for in section",
                "4. The list is public.",
            ],
        )
    )
    assert [text for kind, text in found if kind == "item"] == [
        "(a) logs of all answers;",
        "(b) the version of the model.",
        "and a list of its users, as asked for in section 4. The list is public.",
    ]


def test_contents_footnotes_and_ligatures(tmp_path: Path) -> None:
    read_ = read(
        tmp_path,
        ["1 Duties ........................ 3", "Notify the of\ufb01ce at once.12 Then go on."],
    )
    assert "Duties" not in read_.text
    assert "at once. Then go on." in read_.text


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    read_ = read(tmp_path, [FILL], [])
    assert read_.notes == ("no text stands on 1 of 2 pages: 2",)
