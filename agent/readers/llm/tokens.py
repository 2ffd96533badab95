"""How many tokens a text is likely to be, without asking anybody.

The real tokenizers of endpoints are their own, and the usual library downloads its tables. So this
counts as they cut: a word of up to seven letters is one token with the space before it, a longer
one a token for each six letters, three digits one, a sign one, a character of another script one.
It is an estimate for a person who is about to send, and errs on the high side for English prose.
"""

import math
import re
from typing import Final

WORD: Final = 7
"""Letters of a word that is usually one token."""
PIECE: Final = 6
MESSAGE: Final = 4
"""Tokens around each message."""
_PIECE: Final = re.compile(r"[A-Za-z]+|[0-9]{1,3}|\s*\n\s*| {2,}|[^\sA-Za-z0-9]")


def estimate(*texts: str) -> int:
    """Tokens of these messages together."""
    return sum(MESSAGE + sum(map(_tokens, _PIECE.findall(text))) for text in texts)


def _tokens(piece: str) -> int:
    if len(piece) <= WORD or not piece.isalpha():
        return 1
    return math.ceil(len(piece) / PIECE)
