"""Whether a text is written in a language that the rules can read: English.

Owns that one answer. It compares the small words of English with those of its neighbours, because
they tell a language from few words; where neither speaks, words of the field do.
"""

import re
from typing import Final

from agent.intake.words import vocabulary, words
from knowledge.patterns import lazy

ENGLISH: Final = vocabulary(
    "the of and to is are was were be been it its this that these those with for from by at as or "
    "not no on in an a we our they their them you your he she his her has have had will would "
    "shall should can could may might must do does did if when which who what where how than then "
    "there here into after before because without within between each every all any only also but "
    "so such one other more most per about over under until while per"
)
FOREIGN: Final = vocabulary(
    # German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Polish, Czech, Finnish
    "der die das den dem des und ist sind nicht ein eine einer eines einem einen wird werden wurde "
    "für mit von zu im auf bei nach aus sich auch oder wie durch über sowie kann dass daß als zur "
    "zum "
    "le la les des du un une et est sont dans pour par sur avec qui que ne pas nous vous il elle "
    "aux ce cette ces leur ou où être sera au "
    "el los las del y en por con para se su sus una unos como más pero lo es son será esta este al "
    "il lo gli della delle dei di che è sono per non nel nella dal alla si anche "
    "o os da do das dos em uma com não ao à pela pelo são mais "
    "de het een van en voor niet zijn wordt worden met op aan door ook bij naar dat "
    "og det som på til av af ikke att är och för inte den med har ett ej "
    "w i z na się nie jest są oraz przez dla jak od ja on "
    "ve bir için ile bu olarak "
    "ei se että ovat myös"
) - vocabulary("a on in per at as or he so i will was do had dem all y o es se met an")
FIELD: Final = vocabulary(
    "data model models user users customer customers team review reviews test tests testing log "
    "logs logged owner approval approved access training trained notice appeal human person "
    "decision decisions risk risks pilot claims policy service system systems tool tools privacy "
    "days months years staff report reports question questions answer answers problem scope cost "
    "benefit goal goals measure success time letters letter summary yes kept deleted monthly "
    "weekly daily each sent reply replies phone email draft checks check adjuster handled "
    "production rollout backup vendor supplier security incident stop switch bias quality"
)
_FENCE: Final = lazy(r"^(```|~~~).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_PARAGRAPH: Final = lazy(r"\n[ \t\r]*\n")
_LETTER: Final = lazy(r"[^\W\d_]")
_SHORT = 12


def readable(text: str) -> bool:
    """True unless most of the text is written in something other than English."""
    good = bad = 0
    for part in _PARAGRAPH.split(_FENCE.sub("\n\n", text) if "```" in text or "~~~" in text
                                 else text):  # fmt: skip
        weight, english = _weigh(part)
        if english:
            good += weight
        else:
            bad += weight
    if not good and not bad:
        return True
    if not bad:
        return True
    return good > bad if good else _short_enough(bad, text)


def _short_enough(bad: int, text: str) -> bool:
    """Nothing English was seen: too little to say so counts as readable, unless it is foreign."""
    return bad <= _SHORT and not _foreign(words(text)) and not _other_script(text)


def _weigh(part: str) -> tuple[int, bool]:
    """(words, English?) of one paragraph; a paragraph that shows neither has no weight."""
    found = words(part)
    if not found:
        return 0, True
    if _other_script(part):
        # A script without spaces has few "words": two letters weigh as one.
        return max(len(found), len(_LETTER.findall(part)) // 2), False
    known = sum(word in ENGLISH for word in found)
    field = sum(word in FIELD for word in found)
    foreign = sum(word in FOREIGN for word in found) + sum(not word.isascii() for word in found)
    total = len(found)
    if foreign > known + field and foreign >= max(2, 0.08 * total):
        return total, False
    if known + field >= max(1, 0.05 * total):
        return total, True
    return (total, False) if total > _SHORT else (0, True)


def _foreign(found: list[str]) -> bool:
    hits = sum(word in FOREIGN or not word.isascii() for word in found)
    return hits > sum(word in ENGLISH or word in FIELD for word in found) and hits >= 2


def _other_script(text: str) -> bool:
    if text.isascii():
        return False
    letters = _LETTER.findall(text)
    strange = sum(ord(letter) > 0x24F for letter in letters)
    return bool(letters) and strange > 0.5 * len(letters)
