"""One proof of an item: a quote with what checking it found, or a step of an absence's trail."""

from collections.abc import Iterable, Sequence

from textual.content import Content

from agent.deciding import Opened
from agent.schema.draft import Searched
from agent.schema.proposal import Citation
from tui.desk.cells import cut, hang, plain
from tui.desk.items import Proof
from tui.desk.page import gutter, highlighted
from tui.desk.sources import SourceText
from tui.desk.texts import Span, number_of, span_of, text_of

CHECKED = {
    "exact": ("EXACT", "bold $success"),
    "close": ("CLOSE", "bold $warning"),
    "bad": ("BAD", "bold $error"),
}
SAID = {"exact": "", "close": ": not word for word", "bad": ": these words do not stand there"}
AROUND = 1
"""Lines of the source shown before and after a quote."""
LABEL = 8


def place_words(proof: Proof) -> str:
    """`proposal line 12 (Claims › Decision)`."""
    if proof.line_start is None:
        return plain(proof.source)
    section = proof.section.rpartition(" › ")[2] if isinstance(proof, Citation) else ""
    words = f"{proof.source} line {proof.line_start}{f' ({section})' if section else ''}"
    return plain(words)


def proof_lines(
    proofs: Sequence[Proof],
    at: int,
    opened: Opened,
    width: int,
    *,
    around: int = AROUND,
    head: bool = True,
) -> Iterable[Content]:
    """All proofs, the one that is looked at with the lines of its source."""
    if not proofs:
        return
    trail = sum(1 for p in proofs if isinstance(p, Searched))
    parts = [f"{len(proofs) - trail} quoted"] if len(proofs) > trail else []
    parts += [f"{trail} looked at in vain"] if trail else []
    words = f"Proof {at + 1} of {len(proofs)}"
    if head:
        told = f"  {', '.join(parts)}   [ ] step"
        yield Content.assemble((words, "bold"), told if width > 50 else "")
    for n, proof in enumerate(proofs):
        here = n == at
        yield _head(proof, here, width)
        if here:
            yield from _body(proof, opened, width, around)


def _head(proof: Proof, here: bool, width: int) -> Content:
    sign = "> " if here else "  "
    if isinstance(proof, Searched):
        word, style, said = "LOOKED", "bold", f": {plain(proof.why)}" if proof.why else ""
    else:
        word, style = CHECKED[proof.check]
        said = SAID[proof.check]
    label = f"{word:6}"
    place = place_words(proof)
    if not here:
        quote = plain(proof.quote or getattr(proof, "claimed", ""))
        told = f"{place}  {quote}" if quote else f"{place}{said}"
        return Content.assemble(sign, (label, style), " ", cut(told, width - LABEL - 1))
    indented = hang(" " * (LABEL + 1), f"{place}{said}", width)
    return Content.assemble(sign, (label, style), " ", indented[LABEL + 1 :])


def _body(proof: Proof, opened: Opened, width: int, around: int) -> Iterable[Content]:
    if isinstance(proof, Citation) and proof.check == "bad":
        yield hang("   claimed ", plain(proof.claimed), width)
        return
    text = text_of(opened, proof.source)
    span = span_of(text, proof) if text is not None else None
    if text is not None and span is not None:
        yield from snippet(text, span, width, around)
    elif proof.quote:
        yield hang("   text    ", plain(proof.quote), width)
    if isinstance(proof, Citation) and proof.check == "close":
        yield hang("   claimed ", plain(proof.claimed), width)


def snippet(text: SourceText, span: Span, width: int, around: int) -> Iterable[Content]:
    """The lines around a quote, numbered as in the file, the quoted words highlighted."""
    first, last = max(span.first - around, 0), min(span.last + around, len(text.lines) - 1)
    for index in range(first, last + 1):
        quoted = span.first <= index <= span.last
        mark = gutter(number_of(text, index), quoted)
        yield hang(mark, highlighted(text, span, index), width, "bold" if quoted else "")
