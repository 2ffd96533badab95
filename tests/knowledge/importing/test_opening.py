"""Which files are read, and the one sentence for each that is not."""

import io
import random
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from knowledge.errors import KnowledgeError
from knowledge.importing import word
from knowledge.importing.opening import LARGEST, open_document
from tests.support.documents import archive, docx, paragraph, pdf, put

DUTY = "The team must keep a log of every answer for six months."


def locked(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([[DUTY]]))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def bomb() -> bytes:
    return archive({"word/document.xml": "<w:document/>", "word/media/a.bin": "\0" * (3 << 20)})


REFUSED = [
    ("policy.doc", b"\xd0\xcf\x11\xe0", "save it as .docx, then import it"),
    ("policy.exe", b"MZ", "only .xlsx, .csv, .jsonl, .pdf"),
    ("policy.pdf", b"PK\x03\x04", "this is no .pdf file"),
    ("policy.docx", b"%PDF-1.4", "this is no .docx file"),
    ("policy.docx", b"PK\x03\x04 cut off", "it is no Word file, or damaged"),
    ("policy.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "encrypted or of the old .doc format"),
    ("policy.docx", archive({"word/other.xml": "<a/>"}), "it is no Word file, or damaged"),
    ("policy.docx", archive({"word/document.xml": "<w:broken"}), "cannot be read (ExpatError)"),
    (
        "policy.docx",
        archive({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "defines entities of its own",
    ),
    ("policy.pdf", b"%PDF-1.4\nnothing", "this PDF cannot be read"),
    ("policy.pdf", pdf([[DUTY]])[:300], "this PDF cannot be read"),
    ("scan.pdf", pdf([[], []]), "no text that can be read (a scan?)"),
    ("policy.html", b"<script>must()</script>", "no text stands in this file"),
    ("policy.md", b"", "no text stands in this file"),
]


@pytest.mark.parametrize(("name", "content", "said"), REFUSED)
def test_each_refusal_is_one_sentence(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = put(tmp_path / name, content)
    with pytest.raises(KnowledgeError) as refused:
        open_document(path)
    assert said in str(refused.value)
    assert str(refused.value).startswith(str(path))
    assert "\n" not in str(refused.value)


def test_a_locked_pdf_asks_for_a_copy_without_password(tmp_path: Path) -> None:
    path = put(tmp_path / "locked.pdf", locked("secret"))
    with pytest.raises(KnowledgeError, match="locked with a password"):
        open_document(path)
    assert DUTY in open_document(put(tmp_path / "open.pdf", locked(""))).text


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert word.UNPACKED == 200 << 20
    monkeypatch.setattr(word, "UNPACKED", 2 << 20)
    path = put(tmp_path / "bomb.docx", bomb())
    assert path.stat().st_size < 1 << 16
    with pytest.raises(KnowledgeError, match="3 MiB in 4 parts; at most 2 MiB"):
        open_document(path)


def test_folders_missing_and_large_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(KnowledgeError, match="this is a folder"):
        open_document(tmp_path / "folder.pdf")
    with pytest.raises(KnowledgeError, match="No such file"):
        open_document(tmp_path / "none.pdf")
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(LARGEST[".pdf"] + 1)
    with pytest.raises(KnowledgeError, match="at most 50 MiB are read"):
        open_document(large)


def test_the_hash_is_of_the_raw_bytes(tmp_path: Path) -> None:
    one = open_document(put(tmp_path / "a.docx", docx(paragraph(DUTY))))
    two = open_document(put(tmp_path / "b.docx", docx(paragraph(DUTY + " "))))
    assert (one.name, one.text) == ("a.docx", DUTY)
    assert one.text == two.text
    assert one.sha256 != two.sha256


def damaged(raw: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut off, taken out or doubled."""
    at, many = chance.randrange(len(raw)), chance.randrange(400)
    kind = chance.randrange(4)
    if kind == 0:
        changed = bytearray(raw)
        for _ in range(1 + many // 20):
            changed[chance.randrange(len(raw))] = chance.randrange(256)
        return bytes(changed)
    return (raw[:at], raw[:at] + raw[at + many :], raw[: at + many] + raw[at:])[kind - 1]


def outcome(path: Path) -> str:
    """What a person is told; empty when the file was read."""
    try:
        open_document(path)
    except KnowledgeError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html"])
def test_damaged_files_are_read_or_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    whole = {
        "a.pdf": pdf([[DUTY] * 5, [DUTY]]),
        "a.docx": docx(*[paragraph(DUTY)] * 5),
        "a.html": f"<h1>Rules</h1><p>{DUTY}<!-- x --><ul><li>{DUTY}</ul>".encode(),
    }[name]
    chance = random.Random(7)
    for _ in range(60):
        path = put(tmp_path / name, damaged(whole, chance))
        assert "\n" not in outcome(path)
