"""Words in quotation marks: what a screen or a letter says, not what the text says.

Owns which of them are set aside when a sentence is judged: `the field shows "to be confirmed"`
leaves nothing open. Pure.
"""

from typing import Final

from knowledge.patterns import lazy

_QUOTED: Final = lazy(r"[\"“][^\"“”\n]{3,200}[\"”]")
_MOST: Final = 0.6
"""A quotation that is most of the sentence is what the sentence says."""


def unquoted(text: str) -> str:
    """`text` with quoted phrases of two and more words blanked; every offset stays."""
    if '"' not in text and "“" not in text:
        return text
    found = list(_QUOTED.finditer(text))
    for quote in found:
        said = quote.group()[1:-1]
        if " " in said.strip() and len(quote.group()) < _MOST * len(text):
            text = f"{text[: quote.start()]}{'~' * len(quote.group())}{text[quote.end() :]}"
    return text
