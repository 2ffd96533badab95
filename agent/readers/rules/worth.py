"""Whether the proposal says how its success is measured, whether a simpler way was looked at, and
what becomes of the people whose work it changes.

Owns the findings measure.none, value.alternative and workflow.disrupted. What is vague does not
count as a measure; what is mentioned at all counts as considered. Pure.
"""

import re
from re import IGNORECASE
from typing import Final

from agent.intake.cues.passage import ASIDE_TOPIC
from agent.readers.rules.findings import ALTERNATIVE, DISRUPTED, MEASURE_NONE
from agent.readers.rules.passages import Passage, ReadText
from agent.readers.rules.trails import quote
from agent.schema.assessment import Claim, Look
from agent.schema.proposal import Proposal
from knowledge.patterns import lazy

LONG: Final = 25
"""Shorter texts are not asked for the alternatives they looked at."""
_LOOKS: Final = 3
_SUCCESS: Final = lazy(
    r"\b(?:measures?(?: of success)?|success\w*|targets?|benefits?|kpis?|indicators?|metrics?|"
    r"worth|objectives?|goals?|results? we expect|expect\w*|want to achieve|value|outcomes?|impact|"
    r"how (?:we|you) (?:will )?(?:know|see|tell)|business case|evaluation)\b",
    IGNORECASE,
)
_NUMBER: Final = lazy(
    r"\d|\b(?:half|third|quarter|double|two|three|four|five|ten|twice|none|zero)\b", IGNORECASE
)
_BETTER: Final = lazy(
    r"\b(?:reduc\w+|sav(?:e[sd]?|ing|ings)|cut(?:s|ting)?|increas\w+|rais(?:e|es|ing)|improv\w+|"
    r"lower\w*|fall\w*|drop\w*|rise\w*|shorten\w*|faster|fewer|less|more|higher|halv\w+|doubl\w+|"
    r"grow\w*|go(?:es)? (?:from|down|up)|decreas\w+|target\w*|baseline|kpi\w*|benefit\w*|gain\w*|"
    r"measured? by|success|instead of)\b",
    IGNORECASE,
)
_GAIN: Final = lazy(
    r"\b(?:reduc\w+|sav(?:e[sd]?|ing|ings)|improv\w+|faster|better|easier|benefit\w*|gain\w*|"
    r"efficien\w+|shorten\w*|productiv\w+)\b",
    IGNORECASE,
)
_TARGET: Final = lazy(
    r"\bfrom (?:about |around |roughly )?[\d.,]+ ?(?:%|[a-z]+)?(?: \w+){0,3} to (?:below |under |"
    r"about |less than |more than |over |at least |at most )?[\d.,]+|\bkpis?\b[^.]{0,60}\d|"
    r"\btargets? (?:is|are|of|value)\b[^.]{0,60}\d|\bbaseline\b[^.]{0,60}\d|"
    r"\bmeasured (?:by|as|against|in|through)\b|\bsuccess (?:is|means|will be)\b",
    IGNORECASE,
)
_DENIED_TARGET: Final = lazy(
    r"(?:\b(?:not|never|cannot|neither|no)|n['’]t)(?: [\w-]+){0,3} ?$", IGNORECASE
)
_MEASURABLE: Final = lazy(
    r"\b(?:rates?|shares?|number of|count of|time to|times?|minutes?|hours?|days?|scores?|costs?|"
    r"satisfaction|accuracy|percentage|proportion|volumes?|errors?|complaints?|calls|cases)\b",
    IGNORECASE,
)
_SPENT: Final = lazy(
    r"\b(?:cost\w*|budget\w*|price|quoted|offered|invest\w*|euros? (?:once|a year)|pay|fee)\b",
    IGNORECASE,
)
_ALTERNATIVE: Final = lazy(
    r"\balternativ\w+|\bsimpler\b|\bwithout (?:an? |any )?(?:ai|model|machine|program|algorithm|"
    r"artificial|language model|machine learning|software)\b|\brule[- ]based\b|\bnon-ai\b|"
    r"\b(?:ways?|could be had|could be done|doing) without\b|\binstead\b|\bconsidered\b|"
    r"\bwe (?:also |have |had )*(?:looked at|compared|tried|tested|examined|weighed|evaluated)\b|"
    r"\bplain (?:search|form|rules?|sql|list)\b|\bother (?:ways|options|solutions|approaches)\b|"
    r"\boptions?\b|\b(?:spreadsheet|macro|check ?list|template|decision tree|regression|"
    r"heuristics?|keyword search|hiring|more staff) "
    r"(?:would|was|were|does|did|is|cannot|can not|could)\b|"
    r"\b(?:do|doing) nothing\b",
    IGNORECASE,
)
_WORK: Final = (
    r"(?:teams?|staff|employees?|people|colleagues?|clerks?|handlers?|agents?|jobs?|posts?|"
    r"positions?|desks?|units?|departments?|hotlines?|call cent(?:re|er)s?|workers?|operators?|"
    r"translators?|editors?|reviewers?|analysts?|advis[eo]rs?|typists?|receptionists?|fte|ftes|"
    r"full[- ]time (?:posts|positions|equivalents))"
)
_DISRUPTED: Final = lazy(
    rf"\b(?:replac(?:e|es|ed|ing)|mak(?:e|es|ing) redundant|dissolv(?:e|es|ed|ing)|abolish\w*|"
    rf"disband\w*|lay(?:s|ing)? off|eliminat\w+|sav(?:e|es|ing))\b (?:\w+ ){{0,4}}?{_WORK}\b"
    rf"(?! (?:time|hours?|minutes?|from|the))|"
    rf"\b{_WORK}\b(?: [\w-]+){{0,4}}? (?:is|are|be|becomes?|being) (?:no longer (?:needed|required|"
    rf"staffed)|(?:closed|dissolved|abolished|disbanded|replaced|made redundant|cut|superfluous|"
    rf"discontinued|wound up|scrapped))\b|"
    rf"\b(?:without|fewer) (?:the )?(?:\d+ )?(?:fte|ftes|full[- ]time posts|jobs|positions)\b|"
    rf"\bheadcount (?:\w+ ){{0,2}}?(?:reduc\w+|falls?|cut|drops?)\b",
    IGNORECASE,
)
_NOT_BEFORE: Final = lazy(
    r"(?:\b(?:not|never|no|nobody|without|cannot|instead of|rather than)|n['’]t)(?: \w+){0,2} $",
    IGNORECASE,
)
_TRANSITION: Final = lazy(
    r"\b(?:re-?train\w*|transition\w*|redeploy\w*|works council|other (?:tasks|duties|work|roles)|"
    r"new (?:tasks|duties|roles?)|moves? (?:to|into|over)|moved (?:to|into)|change management|"
    r"nobody loses|no one loses|no (?:jobs|posts|redundanc\w+|lay-?offs)|set free|freed|"
    r"spend\w* (?:the|their|more) time|run in parallel|side by side|take(?:s|n)? over (?:the )?"
    r"(?:difficult|complex|other)|works? on (?:the )?(?:harder|complex|other)|upskill\w*|"
    r"training for|unions?|headcount (?:stays|is not)|natural turnover|retire)\b",
    IGNORECASE,
)


def claims(read: ReadText) -> list[Claim]:
    found = (_measure(read), _alternative(read), _disrupted(read))
    return [claim for claim in found if claim is not None]


# --- measure ---------------------------------------------------------------------------------


def _measure(read: ReadText) -> Claim | None:
    proposal = read.proposal
    if _NUMBER.search(proposal.declared.benefit) or any(_measures(p) for p in read.passages):
        return None
    near = [p for p in read.passages if _vague(p)]
    said = "names a benefit but no figure to tell by" if near else "says nothing of it"
    return Claim(
        rule="measure.none",
        **MEASURE_NONE._asdict(),
        claim=f"Nobody could tell in a year whether this worked: the text {said}.",
        ask="Name one figure, what it is today, what it should become and by when.",
        searched=_trail(read, near, "names no figure that would show success", "a measure"),
    )


def _measures(passage: Passage) -> bool:
    """A target, or a figure in a section on success."""
    text = passage.text
    headings = " / ".join((*(passage.headings[1:] or passage.headings), passage.asked))
    told = _TARGET.search(text) or _BETTER.search(text) or _SUCCESS.search(headings)
    if not told or passage.sentence.kind == "front":
        return False
    judged = passage.analysis().whole()
    if judged.other_system:
        return False
    target = _TARGET.search(text)
    if target and not _SPENT.search(passage.key):
        # A denial elsewhere in the sentence (`before the storm and not after it`) is none of this.
        return not _DENIED_TARGET.search(text[: target.start()])
    if _BETTER.search(text) and _NUMBER.search(text) and not _SPENT.search(text):
        return not (judged.negated or judged.open) or bool(re.search(r"\d ?%", text))
    if not _SUCCESS.search(headings) or judged.open:
        return False
    return bool(_NUMBER.search(text) or _MEASURABLE.search(text))


def _vague(passage: Passage) -> bool:
    """Speaks of a benefit."""
    if passage.sentence.kind == "row" and not _NUMBER.search(passage.text):
        return False
    return bool(_GAIN.search(passage.text) or _SUCCESS.search(" ".join(passage.headings[-1:])))


# --- simpler ways ----------------------------------------------------------------------------


def _alternative(read: ReadText) -> Claim | None:
    told = [p for p in read.passages if p.sentence.kind != "front"]
    if len(told) < LONG:
        return None
    if any(_ALTERNATIVE.search(p.text) or _ALTERNATIVE.search(" ".join(p.headings)) for p in told):
        return None
    near = [p for p in told if _vague(p)]
    return Claim(
        rule="value.alternative",
        **ALTERNATIVE._asdict(),
        claim="The text does not say why a form, a rule or a change of process would not do.",
        ask="Name the simplest way without a model that you looked at, and why it falls short.",
        searched=_trail(read, near, "gives the benefit, not another way to it", "a simpler way"),
    )


# --- people's work ---------------------------------------------------------------------------


def _disrupted(read: ReadText) -> Claim | None:
    found = [p for p in read.passages if _disrupts(p)]
    if not found or any(_TRANSITION.search(p.text) for p in read.passages):
        return None
    return Claim(
        rule="workflow.disrupted",
        **DISRUPTED._asdict(),
        claim="The text says whose work ends and not what becomes of those people or how the "
        "change is made.",
        ask="Say what these people do afterwards, who has spoken with them, and how the old and "
        "the new way run side by side for a time.",
        quotes=tuple(quote(p) for p in found[:2]),
        searched=_trail(read, [], "", "what becomes of these people"),
    )


def _disrupts(passage: Passage) -> bool:
    seen = _DISRUPTED.search(passage.text)
    if seen is None or passage.sentence.kind == "front":
        return False
    judged = passage.analysis().at([seen.span()])
    headings = " / ".join(passage.headings).lower()
    # That a tool replaces nobody is no denial of a measure, so `judge` passes over it.
    denied = judged.negated or _NOT_BEFORE.search(passage.text[: seen.start()])
    negated = bool(denied) and "no longer" not in seen.group().lower()
    return not (negated or judged.open or judged.other_system or ASIDE_TOPIC.search(headings))


# --- trails ----------------------------------------------------------------------------------


def _trail(read: ReadText, near: list[Passage], why: str, what: str) -> tuple[Look, ...]:
    if near:
        return tuple(look(p, why) for p in near[:_LOOKS])
    return (nothing(read, what),)


def look(passage: Passage, why: str) -> Look:
    seen = quote(passage)
    return Look(source="proposal", text=seen.text, start=seen.start, why=why)


def nothing(read: ReadText, what: str) -> Look:
    """The first line of the text stands for all of it."""
    count = len(read.passages)
    start, line = _opening(read.proposal)
    speaks = "sentence read; it does not speak" if count == 1 else "sentences read; none speaks"
    return Look(source="proposal", text=line, start=start, why=f"{count} {speaks} of {what}")


def _opening(proposal: Proposal) -> tuple[int, str]:
    found = re.compile(r"[^\r\n]*\S[^\r\n]*").search(proposal.source.text, proposal.body)
    if found is None:
        return 0, ""
    line = found.group()
    return found.start() + len(line) - len(line.lstrip()), line.strip()
