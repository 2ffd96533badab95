"""Region and domain: open sets, so only plain names are taken, from where they stand out."""

import re
from functools import cache
from typing import Final

from agent.intake.cues.passage import Passage, Sight, negated
from knowledge.patterns import lazy

REGIONS: Final[dict[str, str]] = {
    "eu": r"(?:the )?eu|(?:the )?european union",
    "uk": r"(?:the )?uk|(?:the )?united kingdom|great britain",
    "us": r"(?:the )?usa?\b(?!')|(?:the )?united states",
    **{
        name: name
        for name in (
            "austria", "australia", "belgium", "brazil", "bulgaria", "canada", "china", "croatia",
            "denmark", "finland", "france", "germany", "greece", "hungary", "india", "ireland",
            "italy", "japan", "luxembourg", "mexico", "netherlands", "norway", "poland",
            "portugal", "romania", "singapore", "spain", "sweden", "switzerland",
        )
    },
}  # fmt: skip
DOMAINS: Final[dict[str, str]] = {
    "claims": r"claims?|adjusters?",
    "underwriting": r"underwriting|underwriters?|risk selection",
    "pricing": r"pricing|premiums?|tariffs?",
    "fraud": r"fraud\w*",
    "hr": r"hr|human resources|recruit\w+|hiring|job applica\w+|employee onboarding",
    "service": r"customer service|customer support|contact cent(?:re|er)|call cent(?:re|er)|"
    r"service desk",
    "complaints": r"complaints?",
    "marketing": r"marketing|campaigns?",
    "compliance": r"compliance|anti-money[- ]laundering|aml|sanctions?",
    "finance": r"finance|accounting|invoices?|bookkeeping",
    "legal": r"legal|contract review",
    "procurement": r"procurement|purchasing",
    "it": r"it operations|software development|code review",
}


USED_THERE: Final = lazy(
    r"\b(used?|available|customers|employees|staff|roll\w*|offered|launch\w*|branch\w*|offices|"
    r"market|"
    r"pilot|only|runs|live|introduced?|region|applies|operat\w+|business)\b"
)


@cache
def _regions() -> re.Pattern[str]:
    names = "|".join(
        f"(?P<{value}>{'(?:the )?' if value == 'netherlands' else ''}{words})"
        for value, words in sorted(REGIONS.items())
    )
    return re.compile(rf"\b(?:in|across|within|throughout|only for|limited to)\s+(?:{names})\b")


@cache
def _domains() -> re.Pattern[str]:
    names = "|".join(f"(?P<{value}>{words})" for value, words in sorted(DOMAINS.items()))
    return re.compile(rf"(?<![\w-])(?:{names})(?![\w-])")


def see(passage: Passage) -> list[Sight]:
    """Regions of use. Where data lies or people sit says nothing of the region."""
    if passage.aside or re.search(
        r"\b(hosted|servers?|data cent\w+|headquarter\w*)\b", passage.text
    ):
        return []
    found = _regions().finditer(passage.text)
    return [
        Sight("region", seen.lastgroup, weak=True)
        for seen in found
        if seen.lastgroup
        and USED_THERE.search(passage.text)
        and not negated(passage.text, seen.start())
    ]


def domains(title: str) -> tuple[str, ...]:
    """Domains that a title names."""
    found = {seen.lastgroup for seen in _domains().finditer(title.lower())}
    return tuple(sorted(name for name in found if name))
