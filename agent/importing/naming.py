"""What a sentence that asks for something is called, how grave it is, what to look for.

All of it is a guess from the words, for a person to read before it counts. Pure.
"""

import re
from collections.abc import Sequence
from typing import Final

from agent.importing.duties import MODAL, NOT_DUTIES
from agent.intake.words import stem, whole_words, words
from agent.readers.rules.asked import BANAL, WEAK
from agent.readers.rules.lexicon import DENIALS, STOP
from knowledge.vocabulary import Severity

LONGEST_TITLE: Final = 72
MOST_CUES: Final = 4
_CUT: Final = re.compile(
    r"[,;:]|\s[–—-]\s|\s\(|\b(?:that|which|who|where|when|unless|until|in order to|so that|if|"
    r"in accordance with|pursuant to|consistent with|including|such as|provided|because|as well as|"
    r"referred to|as set out|as appropriate|without prejudice|for the purposes? of)\b",
    re.IGNORECASE,
)
_ADVERB: Final = re.compile(
    r"^(?:(?:also|therefore|then|only|always|at least|in particular|where \w+|as appropriate|"
    r"further|accordingly|be able to)\b[, ]*)+",
    re.IGNORECASE,
)
_SUBJECT: Final = re.compile(
    r"(?:.*(?:[,;:.]|\b(?:that|which|and|where|if|when)\b)\s*)?(?P<subject>[^,;:]*)$",
    re.IGNORECASE | re.DOTALL,
)
_RELATIVE: Final = re.compile(
    r"(?:.*[,;:.]\s*)?(?P<head>[^,;:.]+?)\s+(?P<clause>(?:who|that|which)\s[^,;:.]*?)\s*$",
    re.IGNORECASE | re.DOTALL,
)
"""A subject that is told apart by a clause: `Staff who review answers`."""
_LONG_CLAUSE: Final = 30
"""Characters of such a clause that a title has no room for."""
_ARTICLE: Final = re.compile(
    r"^(?:the|a|an|any|all|each|every|such|these|those|this|its|their)\s+", re.I
)
_LOOSE: Final = re.compile(
    r"(?:[\s,;:(]+(?:for|such|or|and|the|a|an|of|to|with|in|on|by|this|that|at|as|its|their|any|from|"
    r"into|is|are|be|not|no|other|new|under|between|within|via|through|against|than|least))+[\s,;:(]*$",
    re.IGNORECASE,
)
"""Small words that a title cannot end with."""
_PARTICIPLE: Final = re.compile(r"(?:\w+ly\s+)?\w+(?:ed|en|t|wn|de|id|ld|ne)\b", re.IGNORECASE)
_PRONOUN: Final = re.compile(r"\b(?:it|they|this|these|those|he|she|which|that)\s*$", re.IGNORECASE)
_PERSONAL: Final = re.compile(
    r"\b(?:where|if|when|whenever|systems? that|tools? that|that)\b[^.;:]{0,60}"
    r"\b(?P<what>special categor\w+ of (?:personal )?data|sensitive (?:personal )?data"
    r"|health data|biometric data|personal (?:data|information))\b",
    re.IGNORECASE,
)


def title(text: str, item: str = "") -> str:
    """A few words for a requirement: what is to be done, without who does it and when.

    Of an item below "… the following:" its own words say most.
    """
    if item and text.casefold().rstrip(" ;,.").endswith(f": {item.casefold().rstrip(' ;,.')}"):
        return _finished(_first_clause(item.lower() if _shouts(item) else item))
    whole = text.lower() if _shouts(text) else text
    modal = _modal(whole)
    if modal is None:
        return whole_words(whole, LONGEST_TITLE)
    before, after = whole[: modal.start()], _ADVERB.sub("", whole[modal.end() :].strip(" ,"))
    never = "not " if modal["never"] else ""
    passive = re.match(r"be\s+", after, re.IGNORECASE)
    rest = _first_clause(after[passive.end() :] if passive else after)
    if never and (been := re.match(r"have been\s+", rest)):
        made = f"{_of_subject(before)} not {rest[been.end() :]}"
    elif passive and _PRONOUN.search(before):
        made = f"{never}be {rest}"
    elif passive and _PARTICIPLE.match(rest) and (told := _told_apart(before)):
        made = f"{told} {never}to be {rest}"
    elif passive and _PARTICIPLE.match(rest):
        made = f"{_of_subject(before)} {never}{rest}"
    elif never:
        made = f"Do not {rest}" if not passive else f"{_of_subject(before)} not {rest}"
    else:
        made = f"{_of_subject(before)}: {rest}" if passive else rest
    return _finished(made) or whole_words(whole, LONGEST_TITLE)


def _finished(made: str) -> str:
    """Cut to its length at a word that a title can end with."""
    made = whole_words(" ".join(made.strip(" ,;:.-–*").split()), LONGEST_TITLE)
    made = _LOOSE.sub("", made)
    return made[:1].upper() + made[1:]


def severity(forbids: bool) -> Severity:
    """What is forbidden weighs more; nobody but a person calls anything a blocker."""
    return "high" if forbids else "medium"


def applies_when(text: str) -> dict[str, str]:
    """What the sentence itself says of the data that it is about; else empty: always."""
    found = _PERSONAL.search(text)
    if not found:
        return {}
    return {"data": "personal" if found["what"].lower().startswith("personal") else "sensitive"}


def look_for(text: str) -> tuple[str, ...]:
    """Cues of three telling words that stand near each other; too few words: none."""
    modal = _modal(text)
    telling = _telling(text[modal.end() :] if modal else text)
    if len(telling) < 3 and modal:
        telling = list(dict.fromkeys([*telling, *_telling(text[: modal.start()])]))
    if len(telling) < 2:
        return ()
    cues = [" ".join(telling[n : n + 3]) for n in range(max(1, len(telling) - 2))]
    return tuple(cues[:MOST_CUES])


def _modal(text: str) -> "re.Match[str] | None":
    """The first modal that asks for something; places stay those of the text."""
    return MODAL.search(NOT_DUTIES.sub(lambda found: " " * len(found.group()), text))


def _telling(text: str) -> list[str]:
    """Content words in order, each once; words of every proposal left out."""
    found: dict[str, str] = {}
    for word in words(text):
        root = stem(word)
        plain = word.isalpha() and len(word) > 3
        if plain and not {word, root} & (STOP | DENIALS | BANAL | WEAK | _LEGAL):
            found.setdefault(root, word)
    return list(found.values())


_LEGAL: Final = frozenset(
    "accordance pursuant paragraph article section annex appropriate applicable relevant required"
    " ensure subject provision regulation thereof hereby prior consistent necessary respective"
    " referred following particular later while against between during least including january"
    " february march april june july august september october november december".split()
)


def _first_clause(text: str) -> str:
    """Up to the first break that leaves at least three words."""
    for cut in _CUT.finditer(text):
        if len(_plain(text[: cut.start()])) >= 3:
            return text[: cut.start()].strip()
    return text.strip()


def _shouts(text: str) -> bool:
    """Most letters are capitals, as some laws are printed."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > 0.6 * len(letters)


def _plain(text: str) -> Sequence[str]:
    return [word for word in words(text) if word not in ("ensure", "the", "a", "an", "of", "to")]


def _told_apart(before: str) -> str:
    """A subject with its clause, or without one that is long; empty for any other subject."""
    found = _RELATIVE.match(before[-300:])
    if found is None:
        return ""
    head = " ".join(_ARTICLE.sub("", found["head"].strip()).split()[-6:])
    clause = " ".join(found["clause"].split())
    return head if len(clause) > _LONG_CLAUSE else f"{head} {clause}"


def _of_subject(before: str) -> str:
    """The words right before the modal, without article; at most six."""
    found = _SUBJECT.match(before[-300:])
    said = found["subject"].strip() if found else before.strip()
    said = _ARTICLE.sub("", said)
    return " ".join(said.split()[-6:]) or "This"
