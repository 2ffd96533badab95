"""Words and their stems: what counts as the same word when texts are compared.

Owns tokens and a light English stemmer; knows nothing of meaning. Pure, standard library only.
"""

import re
from functools import lru_cache
from typing import Final

WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

IRREGULAR: Final = {
    "told": "tell", "kept": "keep", "sent": "send", "held": "hold", "made": "make",
    "built": "build", "said": "say", "shown": "show", "seen": "see", "ran": "run",
    "people": "person", "persons": "person", "written": "write", "given": "give",
    "taken": "take", "known": "know", "chosen": "choose", "met": "meet", "led": "lead",
    "biases": "bias", "biased": "bias", "explanation": "explain", "explanations": "explain",
    "explanatory": "explain", "explainability": "explain", "explainable": "explain",
    "retention": "retain", "retentions": "retain", "oversee": "oversight", "oversees": "oversight",
    "overseen": "oversight", "information": "information", "purposes": "purpose",
    "complaint": "complain", "complaints": "complain", "objection": "object",
    "objections": "object", "recourse": "appeal", "overridden": "override", "overrode": "override",
    "withdrawn": "withdraw", "analyses": "analysis", "analysed": "analyse", "men": "man",
    "women": "woman", "children": "child", "criteria": "criterion", "notice": "notice",
    "notices": "notice", "during": "during", "anything": "anything", "something": "something",
    "nothing": "nothing", "everything": "everything", "need": "need", "needs": "need",
    "news": "news", "used": "use", "using": "use", "agreed": "agree", "disagreed": "disagree",
    "always": "always", "perhaps": "perhaps", "besides": "besides",
}  # fmt: skip

_VOWEL: Final = re.compile(r"[aeiouy]")
_ENDINGS: Final = (
    ("ifications", "ify"), ("ification", "ify"), ("ibility", "ible"), ("ability", "able"),
    ("encies", "ent"), ("ency", "ent"), ("iveness", "ive"), ("fulness", "ful"),
    ("ousness", "ous"), ("entation", "ent"), ("ements", "e"), ("ement", "e"),
)  # fmt: skip


_ENDED: Final = tuple(ending for ending, _ in _ENDINGS)
"""Most words end in none of them, which one question settles."""


def whole_words(text: str, most: int) -> str:
    """At most so many characters of a text, cut between two words: half a word is no quote."""
    if len(text) <= most or text[most].isspace():
        return text[:most].rstrip()
    return text[:most].rsplit(None, 1)[0]


def vocabulary(text: str) -> frozenset[str]:
    """A set of words written as one text, which stays legible where a list would not."""
    return frozenset(text.split())


def words(text: str) -> list[str]:
    """The words of a text in order, lower-cased, hyphenated ones taken apart."""
    return [m.group().lower().replace("’", "'") for m in WORD.finditer(text)]


def stems(text: str) -> list[str]:
    if text.isascii() and text.isalpha():  # a single word, as most of a cue's are
        return [stem(text)]
    return [stem(word) for word in words(text)]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """One form for `log`, `logs`, `logged`, `logging`; `-ize` and `-ise` are the same."""
    word = word.lower().replace("’", "'")
    word = word[:-2] if word.endswith("'s") else word.rstrip("'")
    known = IRREGULAR.get(word)
    if known is not None:
        return _finish(known)
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    return _finish(_root(_inflection(_plural(word))))


def _plural(word: str) -> str:
    if word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return word[:-1]


def _inflection(word: str) -> str:
    for ending in ("ing", "ed"):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= 3 and _VOWEL.search(base):
            if word.endswith("ied"):
                return base[:-1] + "y"
            doubled = len(base) > 3 and base[-1] == base[-2] and base[-1] not in "sz"
            return base[:-1] if doubled and not base.endswith("all") else base
    return word


def _root(word: str) -> str:
    for ending, instead in _ENDINGS if word.endswith(_ENDED) else ():
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + instead
    if word.endswith("ly") and len(word) > 5:
        word = word[:-2]
    if word.endswith("ness") and len(word) > 6:
        word = word[:-4]
    if word.endswith("ment") and len(word) > 8:
        return word[:-4]
    if word.endswith("ity") and len(word) > 6:
        return word[:-3]
    if word.endswith(("val", "sal")) and len(word) > 5 and word not in ("interval", "proposal"):
        return word[:-2]
    if word.endswith(("tion", "sion")) and len(word) > 6:
        return word[:-3]
    return word


def _finish(word: str) -> str:
    if len(word) <= 3:
        return word
    if word.endswith("our") and len(word) > 5:
        word = word[:-3] + "or"
    if word.endswith("e"):
        word = word[:-1]
    if word.endswith("y") and word[-2] not in "aeiou":
        word = word[:-1] + "i"
    if word.endswith(("iz", "yz")):
        word = word[:-1] + "s"
    if word.endswith("izat"):
        word = word[:-4] + "isat"
    if word.endswith("isat"):
        word = word[:-2]
    if word.endswith("ll"):
        word = word[:-1]
    return word
