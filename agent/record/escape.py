"""Untrusted words made inert for markdown: no link, no HTML, no block of their own.

Owns escaping only; what is said with the words is agent/record/letter.py. Pure.
"""

import re

from knowledge.text import clean

LONGEST = 600
"""Characters of a quote that a letter shows."""

_SPECIAL = re.compile(
    r"[\\`*\[\]|~]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word marks nothing
    r"|&(?=#?\w+;)"
    r"|(?<=[^\W_]):(?=//)|(?<=mailto):|(?<=xmpp):"  # what GitHub would turn into a link
    r"|(?<=www)\.",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"^[#>+=-]|^\d{1,9}(?=[.)])")


class Markdown(str):
    """Markdown of our own: put into a letter as it stands."""

    __slots__ = ()


def inline(text: str) -> Markdown:
    """One line that shows the words and does nothing, wherever it is put."""
    words = " ".join(clean(text).text.split())
    words = _SPECIAL.sub(r"\\\g<0>", words).replace("<", "&lt;")
    return Markdown(_BLOCK.sub(_disarmed, words))


def _disarmed(match: re.Match[str]) -> str:
    """`# x` → `\\# x`; after digits it is the full stop that would start a list."""
    start = match[0]
    return f"{start}\\" if start[0].isdigit() else f"\\{start}"


def shortened(text: str, longest: int = LONGEST) -> str:
    """Cut at a word, with […] where something was left out; white space folded."""
    words = " ".join(clean(text).text.split())
    if len(words) <= longest:
        return words
    cut = words[:longest]
    return f"{cut.rsplit(' ', 1)[0]} […]"


def paragraphs(text: str) -> Markdown:
    """A person's own text: paragraphs and `-` lists stay, everything else is only words."""
    out: list[str] = []
    for line in clean(text).text.split("\n"):
        words = line.strip()
        if words.startswith(("- ", "* ")):
            out.append(f"- {inline(words[2:])}")
        else:
            out.append(inline(words))
    return Markdown("\n".join(out).strip("\n"))
