"""Small documents made on the spot: PDF from bytes, Word from its parts, no library needed."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FORMATS = "application/vnd.openxmlformats-"
_TYPES = (
    '<?xml version="1.0"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{_FORMATS}package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml"'
    f' ContentType="{_FORMATS}officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with one line of text below the other on each page; a blank line leaves a gap, and one
    that begins with `# ` is larger."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    for lines in pages:
        number = len(objects) + 1
        kids.append(b"%d 0 R" % number)
        stream = _stream(lines)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 %s >> >> >>" % (number + 1, font)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _file(objects)


def _stream(lines: Sequence[str]) -> bytes:
    rows = [b"BT /F1 11 Tf 14 TL 60 780 Td"]
    for line in lines:
        large, line = line.startswith("# "), line.removeprefix("# ")
        safe = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn = b"(%s) Tj T*" % safe.encode("cp1252", "replace")
        rows.append(b"/F1 16 Tf %s /F1 11 Tf" % drawn if large else drawn)
    return b"\n".join([*rows, b"ET"])


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def heading(text: str, level: int = 1) -> str:
    """A Word paragraph in a heading's style."""
    style = f'<w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>'
    return f"<w:p>{style}<w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def paragraph(text: str) -> str:
    """A Word paragraph."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def docx(*parts: str) -> bytes:
    """A Word file of these paragraphs (XML)."""
    body = f'<?xml version="1.0"?><w:document xmlns:w="{_WORD}"><w:body>{"".join(parts)}</w:body>'
    return archive({"word/document.xml": f"{body}</w:document>"})


def archive(files: dict[str, str]) -> bytes:
    """A Word archive with these parts beside what each has."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            **files,
        }.items():
            made.writestr(name, text)
    return out.getvalue()


def put(path: Path, content: bytes | str) -> Path:
    """The file, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
