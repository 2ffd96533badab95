"""Word files (.docx) as blocks, through the page that they make.

Owns what is said of tracked changes, comments and hidden text. A file is a ZIP archive made by
strangers: it is measured before anything is unpacked.
"""

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any, Final

from knowledge.errors import KnowledgeError
from knowledge.importing.blocks import Block
from knowledge.importing.markup import read_html

UNPACKED: Final = 200 << 20
"""Bytes that all parts together may have."""
PARTS: Final = 10_000
_BODY: Final = "word/document.xml"
_DAMAGED: Final = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(KeyError, IndexError, ValueError, NotImplementedError, OverflowError),
)
"""What a damaged archive makes of the reader; a password is a RuntimeError."""
_TRACES: Final = (
    (rb"<w:(?:ins|del|moveFrom|moveTo)[ >]", "tracked changes are read as if all were accepted"),
    (rb"<w:vanish\s*/>|<w:vanish w:val=\"(?:1|true|on)\"", "hidden text is read like all other"),
    (rb"<w:commentReference", "comments are not read"),
    (rb"<w:(?:foot|end)noteReference", "footnotes and endnotes are not read"),
    (rb"<w:txbxContent", "text boxes may stand at another place than on the page"),
)


def read_docx(path: Path, raw: bytes) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """(blocks, notes); KnowledgeError in one sentence when it is no Word file that can be read."""
    body = _body(path, raw)
    if re.search(rb"<!DOCTYPE|<!ENTITY", body[:4096]):
        raise KnowledgeError(f"{path}: this Word file defines entities of its own; it is not read")
    page = read_html(_html(path, raw))
    return page.blocks, tuple(note for trace, note in _TRACES if re.search(trace, body))


def _body(path: Path, raw: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            whole = sum(part.file_size for part in parts)
            if len(parts) > PARTS or whole > UNPACKED:
                raise KnowledgeError(
                    f"{path}: unpacked this Word file has {whole >> 20} MiB in {len(parts)} parts;"
                    f" at most {UNPACKED >> 20} MiB are read"
                )
            with archive.open(_BODY) as file:
                return file.read(UNPACKED)
    except (*_DAMAGED, RuntimeError) as error:
        if raw.startswith(b"\xd0\xcf\x11\xe0"):
            why = "it is encrypted or of the old .doc format: save it as .docx without a password"
        else:
            why = f"it is no Word file, or damaged ({error})"
        raise KnowledgeError(f"{path}: cannot be read: {why}") from None


def _html(path: Path, raw: bytes) -> str:
    from xml.parsers.expat import ExpatError
    from xml.sax import SAXException

    import mammoth  # type: ignore[import-untyped]

    def no_image(_image: Any) -> list[Any]:
        return []

    try:
        made = mammoth.convert_to_html(io.BytesIO(raw), convert_image=no_image)
    except (ExpatError, SAXException, AttributeError, TypeError, *_DAMAGED) as error:
        kind = type(error).__name__
        raise KnowledgeError(
            f"{path}: this Word file cannot be read ({kind}): open it and save it anew"
        ) from None
    except RuntimeError:  # RecursionError is one
        raise KnowledgeError(
            f"{path}: this Word file is locked, or nests too deeply to be read"
        ) from None
    return str(made.value)
