"""Open a document of any kind that is read, within bounds; each refusal is one sentence.

Owns which files are read and how large they may be. Tables are `knowledge/columns.py`'s.
"""

import hashlib
from pathlib import Path
from typing import Final

from knowledge.errors import KnowledgeError
from knowledge.fields import cleaned
from knowledge.frontmatter import FrontMatterError, parse
from knowledge.importing.blocks import Block, Document
from knowledge.importing.pages import Progress
from knowledge.text import clean, decode

MIB: Final = 1 << 20
LARGEST: Final = {
    ".pdf": 50 * MIB,
    ".docx": 50 * MIB,
    ".html": 10 * MIB,
    ".htm": 10 * MIB,
    ".md": 10 * MIB,
    ".markdown": 10 * MIB,
}
"""Bytes of a file, by its ending."""
TABLES: Final = (".xlsx", ".csv", ".jsonl")
INSTEAD: Final = {
    ".doc": "save it as .docx",
    ".odt": "save it as .docx",
    ".rtf": "save it as .docx",
    ".txt": "rename it to .md",
    ".xls": "save it as .xlsx",
    ".ods": "save it as .xlsx",
    ".pptx": "save it as .pdf",
}
_MARKS: Final = {".pdf": b"%PDF-", ".docx": b"PK"}


def ending(path: Path) -> str:
    """The ending that says how to read it; KnowledgeError for none that is read."""
    if path.is_dir():
        raise KnowledgeError(f"{path}: this is a folder: name one file of it")
    found = path.suffix.lower()
    if found in LARGEST or found in TABLES:
        return found
    if hint := INSTEAD.get(found):
        raise KnowledgeError(f"{path}: {hint}, then import it")
    raise KnowledgeError(f"{path}: only {', '.join((*TABLES, *LARGEST))} files are read")


def open_document(path: Path, progress: Progress | None = None) -> Document:
    """Read a document; KnowledgeError says in one sentence what is wrong and what to do."""
    kind = ending(path)
    raw = read_bytes(path, LARGEST[kind])
    mark = _MARKS.get(kind)
    if mark and mark not in raw[:1024] and not raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise KnowledgeError(f"{path}: this is no {kind} file, whatever its name says")
    blocks, notes, values = _read(path, kind, raw, progress)
    if not blocks:
        raise KnowledgeError(f"{path}: no text stands in this file")
    return Document(cleaned(path.name), hashlib.sha256(raw).hexdigest(), blocks, notes, values)


def read_bytes(path: Path, most: int) -> bytes:
    """A regular file of at most so many bytes; KnowledgeError else."""
    if path.is_dir():
        raise KnowledgeError(f"{path}: this is a folder: name one file of it")
    try:
        size = path.stat().st_size
        if size > most or not path.is_file():
            what = f"{size // MIB} MiB; at most {most // MIB} MiB are read: split the file"
            raise KnowledgeError(f"{path}: {what if size > most else 'this is no regular file'}")
        return path.read_bytes()
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read: {error.strerror}") from None


def _read(
    path: Path, kind: str, raw: bytes, progress: Progress | None
) -> tuple[tuple[Block, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    if kind == ".pdf":
        from knowledge.importing.pages import read_pdf

        return read_pdf(path, raw, progress)
    if kind == ".docx":
        from knowledge.importing.word import read_docx

        return (*read_docx(path, raw), ())
    return _text(kind, raw)


def _text(
    kind: str, raw: bytes
) -> tuple[tuple[Block, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    from knowledge.importing.markup import read_html, read_markdown

    text, notes = decode(raw)
    if b"\0" in raw and not notes:
        notes = ("the file holds bytes that are no text; they are left out",)
    said = clean(text)
    if said.hidden:
        notes = (*notes, f"invisible text is left out at {_places(len(said.hidden))}")
    values, body = _front(said.text) if kind.startswith(".m") else ((), said.text)
    page = read_html(body) if kind.startswith(".h") else read_markdown(body)
    if page.hidden:
        hidden = _places(page.hidden)
        notes = (*notes, f"text that a browser would not show is left out at {hidden}")
    if page.title:
        values = (*values, ("title", page.title))
    return page.blocks, notes, values


def _places(count: int) -> str:
    return "1 place" if count == 1 else f"{count} places"


def _front(text: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Single fields of front matter and what follows it; front matter that fails is text."""
    try:
        matter = parse(text)
    except FrontMatterError:
        return (), text
    values = tuple((k, cleaned(v)) for k, v in matter.values.items() if isinstance(v, str) and v)
    return values, text[matter.body :]
