"""What an entry says of its own end: since when it is retired, and what took its place. Pure."""

from re import IGNORECASE
from typing import Final

from agent.intake.language import split
from knowledge.entries import Capability
from knowledge.patterns import lazy

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|winter)\.?"
)
_WHEN: Final = lazy(
    rf"\b(?:in|since|on|at the end of|by) (?:the )?"
    rf"((?:\d{{1,2}}\.? )?(?:{_MONTH} )?(?:\d{{1,2}}, )?"
    r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?)\b",
    IGNORECASE,
)
_ENDED: Final = lazy(
    r"\b(?:retired|switched off|shut down|turned off|decommissioned|discontinued|withdrawn|closed|"
    r"ended|stopped|taken out of (?:service|use)|phased out|sunset|replaced|superseded)\b",
    IGNORECASE,
)
_SUCCESSOR: Final = lazy(
    r"\b(?:replaced|superseded|succeeded|taken over) by (?:the |an? )?([^.;,\n]{2,60})|"
    r"^[ \t]*successor[ \t]*:[ \t]*[\"']?([^\"'\n]{2,60})",
    IGNORECASE,
)


def retired(entry: Capability) -> str:
    """One sentence: that it is retired, since when and what succeeded it as far as it says."""
    when, successor = _since(entry), _successor(entry)
    since = f" since {when}" if when else ""
    tail = f"; {successor} took its place" if successor else ""
    return f"It is retired{since}{tail}: what it did may be learnt from, not joined."


def _since(entry: Capability) -> str:
    """The time in the first sentence or clause that speaks of its end."""
    for text in (entry.reuse.how, entry.body):
        for start, end in split(text):
            for clause in text[start:end].split(";"):
                if _ENDED.search(clause) and (when := _WHEN.search(clause)):
                    return " ".join(when.group(1).split())
    return ""


def _successor(entry: Capability) -> str:
    for text in (entry.reuse.how, entry.body, entry.source.text):
        for line in text.split("\n\n"):
            flat = " ".join(line.split()) if text is not entry.source.text else line
            if (named := _SUCCESSOR.search(flat)) is not None:
                return _WHEN.sub("", named.group(1) or named.group(2)).strip()
    return ""
