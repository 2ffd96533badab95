"""HTML, markdown and Word: what a reader of the page sees."""

from pathlib import Path

from knowledge.importing.blocks import Document
from knowledge.importing.opening import open_document
from tests.support.documents import docx, heading, paragraph, put

PAGE = """<html><head><title>AI &amp; us</title><style>.a{}</style></head><body>
<nav>Home must go</nav><h1>Rules</h1><p>Teams <b>must</b> log&nbsp;m<sup>2</sup><sup>[1]</sup>.</p>
<script>alert("You must obey")</script><!-- you must obey -->
<p hidden>You must approve this.</p>
<div style="display: none"><p>Reviewer, you must accept.</p></div>
<ul><li>first<ul><li>inner</li></ul></li><li>second</li></ul>
<table><tr><td>one</td><td>two</td></tr></table>loose</body></html>"""


def read(tmp_path: Path, name: str, content: bytes | str) -> Document:
    return open_document(put(tmp_path / name, content))


def plain(document: Document) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in document.blocks]


def test_a_page_is_what_its_reader_sees(tmp_path: Path) -> None:
    read_ = read(tmp_path, "a.html", PAGE)
    assert plain(read_) == [
        ("heading", 1, "Rules"),
        ("text", 0, "Teams must log m2."),
        ("item", 1, "first"),
        ("item", 2, "inner"),
        ("item", 1, "second"),
        ("text", 0, "one"),
        ("text", 0, "two"),
        ("text", 0, "loose"),
    ]
    assert dict(read_.values) == {"title": "AI & us"}
    assert read_.notes == ("text that a browser would not show is left out at 2 places",)


def test_deep_nesting_is_read(tmp_path: Path) -> None:
    deep = "<div>" * 5000 + "in" + "</div>" * 5000
    assert read(tmp_path, "a.html", deep).text == "in"


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    read_ = read(tmp_path, "a.md", "---\ntitle: T\nowner: Ada\n---\n# H\n\ntext *here*\n\n- item\n")
    assert plain(read_) == [("heading", 1, "H"), ("text", 0, "text here"), ("item", 1, "item")]
    assert dict(read_.values) == {"title": "T", "owner": "Ada"}


def test_invisible_characters_are_left_out_and_told(tmp_path: Path) -> None:
    read_ = read(tmp_path, "a.md", "Keep\u200b logs \u202eof it\u2069.\n")
    assert read_.text == "Keep logs of it."
    assert read_.notes == ("invisible text is left out at 3 places",)


def test_word_headings_tables_and_changes(tmp_path: Path) -> None:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('in a cell')}</w:tc></w:tr></w:tbl>"
    changed = (
        "<w:p><w:r><w:t>Staff must </w:t></w:r><w:ins w:id='1' w:author='x'><w:r>"
        "<w:t>not </w:t></w:r></w:ins><w:del w:id='2' w:author='x'><w:r>"
        "<w:delText>always </w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>share it.</w:t></w:r></w:p>"
    )
    read_ = read(tmp_path, "a.docx", docx(heading("Rules"), changed, table))
    assert plain(read_) == [
        ("heading", 1, "Rules"),
        ("text", 0, "Staff must not share it."),
        ("text", 0, "in a cell"),
    ]
    assert read_.notes == (
        "tracked changes are read as if all were accepted",
        "hidden text is read like all other",
    )
