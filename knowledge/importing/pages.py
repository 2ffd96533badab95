"""PDF files as blocks: the text layer of each page, in the order in which the file keeps it.

Owns the opening and its refusals; how lines become paragraphs is `printed.py`'s. Pictures of text
are not read, and columns come in the order that the program wrote them.
"""

import contextlib
import io
import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from knowledge.errors import KnowledgeError
from knowledge.importing.blocks import Block, tidy
from knowledge.importing.looks import Fragment, looks_of
from knowledge.importing.printed import PrintedPage, flow

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

Matrix = list[float]
Progress = Callable[[int, int, str], None]

MOST_PAGES: Final = 2_000
SECONDS: Final = 300.0
"""For all pages of a file."""
_FEW: Final = 20
"""Letters: a page with fewer shows a picture, a drawing or nothing."""


def read_pdf(
    path: Path, raw: bytes, progress: Progress | None = None
) -> tuple[tuple[Block, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """(blocks, notes, what it says of itself); KnowledgeError when there is no text to read."""
    with _quiet():
        pages = list(_pages(path, raw, progress))
        title = _title(raw)
    empty = [page.number for page in pages if _letters(page.text) < _FEW]
    if len(empty) == len(pages):
        raise KnowledgeError(
            f"{path}: this PDF has no text that can be read (a scan?): run text recognition (OCR)"
            " over it and import the result"
        )
    blocks, dropped = flow(pages)
    notes = []
    if empty:
        few = ", ".join(map(str, empty[:10])) + (", …" if len(empty) > 10 else "")
        notes.append(f"no text stands on {len(empty)} of {len(pages)} pages: {few}")
    if dropped:
        notes.append(f"{dropped} lines that repeat at the top or foot of the pages are left out")
    return blocks, tuple(notes), ((("title", title),) if title else ())


def _title(raw: bytes) -> str:
    """The title in the file's properties, where a person could have written it."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        about = PdfReader(io.BytesIO(raw)).metadata
        said = tidy(str((about and about.title) or ""))
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError):
        return ""
    made = said.casefold().startswith(("microsoft word", "untitled", "(anonymous)")) or "." in said
    return "" if made else said


def _letters(page: str) -> int:
    return sum(letter.isalpha() for letter in page)


def _pages(path: Path, raw: bytes, progress: Progress | None) -> Iterator[PrintedPage]:
    from pypdf.errors import PyPdfError

    # What strangers' files make of the reader: it raises many kinds for a file that is broken.
    broken = (
        PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
        OSError, RecursionError, NotImplementedError, OverflowError, ArithmeticError, MemoryError,
    )  # fmt: skip
    number, total = 0, 0
    try:
        reader = _reader(path, raw)
        total = len(reader.pages)
        if not total or total > MOST_PAGES:
            raise KnowledgeError(
                f"{path}: this PDF has {total:,} pages; 1 to {MOST_PAGES:,} are read"
            )
        begun = time.monotonic()
        for number, page in enumerate(reader.pages, start=1):
            if time.monotonic() - begun > SECONDS:
                raise KnowledgeError(
                    f"{path}: reading takes longer than {SECONDS:.0f} s (page {number} of {total}):"
                    " split the file"
                )
            if progress:
                progress(number, total, path.name)
            yield _page(number, page)
    except broken as error:
        where = f" on page {number} of {total}" if number else ""
        raise KnowledgeError(
            f"{path}: this PDF cannot be read{where} ({type(error).__name__}): open it and print it"
            " to a new PDF"
        ) from None


def _page(number: int, page: "PageObject") -> PrintedPage:
    """The text of a page, and how its lines look where the library tells of all of it."""
    fragments: list[Fragment] = []

    def take(
        text: str, cm: Matrix, tm: Matrix, font: dict[str, object] | None, size: float
    ) -> None:
        scale = abs((tm[3] or tm[1] or 1) * (cm[3] or cm[1] or 1))
        name = str((font or {}).get("/BaseFont", "")).casefold()
        bold = "bold" in name or "black" in name
        fragments.append(Fragment(text, float(size or 0) * scale, bold))

    text = page.extract_text(visitor_text=take) or ""
    told = "".join(fragment.text for fragment in fragments) == text
    return PrintedPage(number, text, looks_of(fragments) if told else ())


def _reader(path: Path, raw: bytes) -> "PdfReader":
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    locked = f"{path}: this PDF is locked with a password: save a copy without one"
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise KnowledgeError(locked)
        len(reader.pages)
    except (DependencyError, FileNotDecryptedError, WrongPasswordError):
        raise KnowledgeError(locked) from None
    return reader


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """The library tells every flaw of a file through its logger: nothing a person could act on."""
    log = logging.getLogger("pypdf")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(before)
