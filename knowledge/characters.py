"""Characters that a reader does not see: which are taken out, which are kept, what they say.

Owns the classes and patterns of `knowledge/text.py`, which does the cleaning. Each pattern that
keeps a character looks only at neighbours that are always kept, so that cleaning is idempotent.
"""

from typing import Final

from knowledge.patterns import lazy

SHOWN: Final = 200
"""So many characters of a hidden text are kept for people to see."""

_EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf"
    "\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_JOINING = (  # letters and marks of scripts in which joiners spell words; no format characters
    "\u0620-\u06dc\u06de-\u06ff\u0710-\u074a\u0750-\u077f\u07ca-\u07f5\u08a0-\u08e1\u08e3-\u08ff"
    "\u0900-\u0dff\u0f40-\u0fbc\u1000-\u109f\u1780-\u17b3\u17b6-\u17dd\u1820-\u18aa"
    "\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
)
_VIRAMA = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_IDEOGRAPH = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NONCHARACTER = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17)
)
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u206a-\u206f"
_ZERO_WIDTH = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u3164\ufeff\uffa0"
)
_CONTROL = (  # C0, C1 and format characters that steer a renderer
    "\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2"
    "\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    f"\U0001d173-\U0001d17a{_NONCHARACTER}"
)
_TAG = "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
_SPACE = "\x0b\x0c\x85\u2028\u2029"
_SURROGATE = "\ud800-\udfff"

# A string of a terminal ends on its own line or is no string: its introducer alone is taken out.
# The 8-bit forms count only where they are not half of a wrongly decoded UTF-8 character.
_ESC8 = r"(?<![\x80-\xbf\xc2-\xf4])"
_STRING = r"[^\x07\n\r\x1b\x80-\x9f]*(?:\x07|\x1b\\|\x9c)"
_CSI = r"[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?"
_ESCAPE = (
    rf"\x1b\[{_CSI}|{_ESC8}\x9b{_CSI}|\x1b[\]PX^_]{_STRING}|{_ESC8}[\x9d\x90\x98\x9e\x9f]{_STRING}"
    r"|\x1b[\x20-\x2f]*[\x30-\x7e]?"
)
_FLAGS = "|".join(
    "".join(chr(0xE0000 + ord(letter)) for letter in code) for code in ("gbeng", "gbsct", "gbwls")
)
KEEP = lazy(
    rf"(?<=[{_EMOJI}])[\ufe0e\ufe0f](?![{_SELECTORS}])"
    r"|(?<=[0-9#*])\ufe0f(?=\u20e3)"
    rf"|(?:(?<=[{_EMOJI}])|(?<=[{_EMOJI}]\ufe0f))\u200d(?=[{_EMOJI}])"
    rf"|(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])"
    rf"|(?<=[{_VIRAMA}])[\u200c\u200d](?![\u200c\u200d])"
    rf"|(?<=\U0001f3f4)(?:{_FLAGS})\U000e007f"
)
GLYPH_VARIANT = lazy(rf"(?<=[{_IDEOGRAPH}])[\U000e0100-\U000e01ef](?![{_SELECTORS}])")
EVENT = lazy(
    rf"(?P<line>\r\n?)|(?P<escape>(?:{_ESCAPE})+)|(?P<space>[{_SPACE}]+)"
    rf"|(?P<surrogate>[{_SURROGATE}]+)|(?P<variation>[{_SELECTORS}]+)|(?P<tag>[{_TAG}]+)"
    rf"|(?P<bidi>[{_BIDI}]+)|(?P<zero_width>[{_ZERO_WIDTH}])|(?P<control>[{_CONTROL}]+)"
)
SUSPECT = lazy(f"[\r\x1b{_SPACE}{_SURROGATE}{_SELECTORS}{_TAG}{_BIDI}{_ZERO_WIDTH}{_CONTROL}]")
SUSPECT_ASCII = lazy(r"[\x00-\x08\x0b-\x1f\x7f]")


def visible(kind: str, taken: str) -> str:
    """What a hidden run says, in characters that can be shown anywhere."""
    if kind == "tag" and (said := _tagged(taken)):
        return said[:SHOWN]
    if kind == "variation" and (said := _selected(taken)):
        return said[:SHOWN]
    if kind == "escape":
        return SUSPECT.sub("", "".join(_picture(letter) for letter in taken))[:SHOWN]
    return " ".join(f"U+{ord(letter):04X}" for letter in taken[: SHOWN // 7])[:SHOWN]


def _picture(letter: str) -> str:
    """The control picture of a C0 control; the escape of a C1 one."""
    code = ord(letter)
    if code < 0x20:
        return chr(0x2400 + code)
    return f"<{code:02X}>" if 0x7F <= code < 0xA0 else letter


def _tagged(taken: str) -> str:
    """Tag characters mirror ASCII."""
    return "".join(chr(ord(c) - 0xE0000) for c in taken if 0xE0020 <= ord(c) <= 0xE007E)


def _selected(taken: str) -> str:
    """256 variation selectors can carry bytes: shown where these spell text."""
    data = bytes(ord(c) - 0xFE00 if ord(c) < 0x10000 else ord(c) - 0xE0100 + 16 for c in taken)
    try:
        said = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return said if len(said) > 1 and said.isprintable() and not SUSPECT.search(said) else ""
