"""People: who uses it or is addressed by it (audience), and about whom it decides (affected).

The two are seen apart; the one is never taken from the other.
"""

import re
from functools import cache
from typing import Final

from agent.intake.cues.passage import Passage, Sight, negated
from knowledge.patterns import gated, lazy

GROUPS: Final[dict[str, str]] = {
    "customers": r"customers?|policy ?holders?|claimants?|consumers?|subscribers?|account holders?|"
    r"insured (?:persons?|people)|shoppers?|cardholders?",
    "employees": r"employees?|staff(?: members?)?|colleagues?|adjusters?|claims? handlers?|"
    r"handlers?|"
    r"underwriters?|case ?workers?|(?:service|call[- ]cent(?:re|er)|contact[- ]cent(?:re|er)|"
    r"support|"
    r"human|desk) agents?|service desk|analysts?|engineers?|recruiters?|team leads?|line managers?|"
    r"investigators?|clerks?|call handlers?|developers?|technicians?|accountants?|nurses?|"
    r"claims? (?:team|staff)|complaints? (?:team|officers?|handlers?)|actuar(?:y|ies)|"
    r"sales (?:team|staff|people)|hr (?:team|staff|partners?)|buyers?|lawyers?",
    "public": r"citizens?|residents?|general public|the public|website visitors?|visitors",
    "applicants": r"(?:job )?applicants?|(?:job )?candidates?|job seekers?",
    "agents": r"brokers?|intermediaries|(?:insurance|sales|tied) agents?",
    "partners": r"dealers?|repair shops?|garages?|business partners?",
    "patients": r"patients?",
    "students": r"students?|pupils?",
    "third_parties": r"third[- ]party claimants?|injured parties|third parties",
}
FILL: Final = (
    r"(?:(?:the|our|all|any|every|each|individual|new|existing|claims|motor|commercial|their|"
    r"about|some|"
    r"a|an|both|private|internal|senior|junior|other|more|most|of|in|around|roughly|\d[\d,.]*|two|"
    r"three|four|five|ten|twenty|thirty|forty|fifty|several|many)\s+){0,4}"
)
TOOL: Final = (
    r"(?:assistant|tool|chat ?bot|bot|app|application|dashboard|service|portal|copilot|search|"
    r"system|"
    r"product|solution|overview|workbench|helper|platform|page|interface)"
)
USED_BY: Final = (
    r"(?:used by|usable by|shown to|sent to|sends?|displayed to|visible to|available to|offered to|"
    r"presented to|addressed to|answers|answering|repl(?:y|ies|ying) to|responds? to|guides?|"
    r"tells|notif(?:y|ies)|reach(?:es)?|users are|users will be|chats? with|talks? (?:to|with)|"
    r"lets|allows|enables|asks|written (?:to|for)|writes to|informs|advises|texts|"
    rf"{TOOL} for|{TOOL} that (?:helps|supports|assists)|mails?|emails?|e-mails?)"
)
HELPS: Final = r"(?:helps|supports|assists|helping|supporting|assisting)"
USES: Final = (
    r"(?:(?:can|will|may|could|would|then|also|just|simply)\s+)?(?:uses?|using|see|sees|"
    r"receives?|gets? "
    r"(?:an?|the|its|their) (?:answer|reply|letter|message|suggestion|summary|list|result|email|"
    r"text|"
    r"explanation|offer)\w*|opens? (?:it|the)|types?|asks? (?:it|the|a|questions)|enters?|"
    r"chats?|uploads?|(?:are|is) (?:shown|told|sent|asked|informed|notified)|interacts?|speaks? "
    r"to)\b"
)
JUDGE: Final = (
    r"(?:decid\w+|scor(?:es?|ing)|ranks?|ranking|assess\w*|screen\w*|prioriti[sz]\w+|evaluat\w+|"
    r"classif\w+|profil(?:es?|ing)|select\w*|short-?list\w*|rat(?:es|ing)|rejects?|predicts?|"
    r"declin\w+|den(?:y|ies)|flags?|monitors?|suspends?|blocks?|"
    r"decisions? (?:about|on|concerning|for|affecting)|recommendations? (?:about|on|concerning)|"
    r"eligibility of|creditworthiness of|affects?|affecting|recommends? (?:which|whether))"
)
JUDGE_FILL: Final = (
    r"(?:(?:the|our|all|any|every|each|individual|new|existing|which|whether|what|how|about|on|"
    r"of|for|"
    r"incoming|a|an|whom|if|private|job)\s+){0,4}"
)
USER_TOPIC: Final = lazy(r"\b(users?|audience|who uses|who will use|who it is for|for whom)\b")
AFFECTED_TOPIC: Final = lazy(
    r"\b(affected|impacted|about whom|who is judged|data subjects|people concerned)\b"
)
PERSONNEL_TOPIC: Final = lazy(
    r"\b(team|owners?|roles?|contact|budget|costs?|benefits?|measures?|success|training|"
    r"business case|"
    r"stakeholders?|risks?|testing|governance|notice|disclos\w+|transparen\w+|appeal\w*|"
    r"complaints?|explanations?|saying so|say so|objections?|contest\w*)\b"
)
BENEFIT: Final = lazy(r"\b(satisfaction|better service|happier|benefit|faster service|trust)\b")


APPLICATION: Final = (
    r"(?:(?:visa|permit|loan|credit|mortgage|grant|benefits?|job|asylum|citizenship|scholarship|"
    r"membership|insurance|study|work|residence|licen[cs]e|funding|pension|admission)s?\s+)"
)
"""What people apply for; a bare `application` may be software."""
FILED: Final = gated(
    "applica",
    r"\b(?:approv|refus|reject|declin|den(?:y|ies|ied)|triag)\w*\s+"
    r"(?:(?!(?:of|in|for|by|to|with|from)\b)[\w'-]+\s+){0,5}?applications?\b|"
    rf"\b(?:{JUDGE}|decid\w+ on|decisions? on)\s+(?:[\w'-]+\s+){{0,4}}?{APPLICATION}"
    r"applications?\b|"
    rf"\b{APPLICATION}applications?\s+(?:that )?(?:is|are|will be|get|gets)\s+(?:\w+ly\s+)?"
    r"(?:approved|refused|scored|ranked|assessed|screened|rejected|declined|prioriti[sz]ed|denied|"
    r"triaged)\b|"
    r"\bapplications? (?:is|are|will be|gets?)\s+(?:\w+ly\s+)?(?:approved|refused|rejected|"
    r"declined|triaged)\b|"
    r"\b(?:whether|that) (?:an|the|each|every) applicant (?:is|meets|qualifies)\b",
)
"""Who decides on an application decides about the one who applies."""


@cache
def _named() -> re.Pattern[str]:
    parts = (f"(?P<{value}>{words})" for value, words in sorted(GROUPS.items()))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])")


@cache
def _around() -> dict[str, re.Pattern[str]]:
    return {
        "used_by": re.compile(rf"\b{USED_BY}\s+{FILL}$"),
        "helps": re.compile(rf"\b{HELPS}\s+{FILL}$"),
        "uses": re.compile(rf"\s+{USES}"),
        "judged": re.compile(rf"\b{JUDGE}\s+{JUDGE_FILL}$"),
        "is_judged": re.compile(
            r"(?:'?s?'? (?:job )?(?:applications?|claims?|requests?|cases?|cvs|premiums?))"
            r"?\s+(?:is|are|will be|get|gets)\s+(?:\w+ly\s+)?(?:scored|ranked|"
            r"assessed|screened|rejected|declined|selected|affected|shortlisted|profiled|rated|"
            r"prioriti[sz]ed|denied|refused|evaluated)\b"
        ),
    }


def see(passage: Passage) -> list[Sight]:
    if passage.aside:
        return []
    users = USER_TOPIC.search(passage.topic) is not None
    affected = AFFECTED_TOPIC.search(passage.topic) is not None
    if PERSONNEL_TOPIC.search(passage.topic) and not users and not affected:
        return []
    found: list[Sight] = []
    for clause in passage.clauses():
        for named in _named().finditer(clause):
            group = named.lastgroup
            if group is None or negated(clause, named.start()):
                continue
            found.extend(_of_group(clause, named, group, users=users, affected=affected))
        filed = FILED.search(clause)
        if filed and not negated(clause, filed.start()):
            found.append(Sight("affected", "applicants"))
    return list(dict.fromkeys(found))


def _of_group(
    clause: str, named: re.Match[str], group: str, *, users: bool, affected: bool
) -> list[Sight]:
    before, after = clause[: named.start()][-90:], clause[named.end() :][:90]
    around = _around()
    sights: list[Sight] = []
    if affected or around["judged"].search(before) or around["is_judged"].match(after):
        sights.append(Sight("affected", group))
    if users and not affected:
        sights.append(Sight("audience", group))
    elif BENEFIT.search(clause):
        return sights
    elif around["used_by"].search(before) or around["uses"].match(after):
        sights.append(Sight("audience", group))
    elif group == "employees" and around["helps"].search(before):
        sights.append(Sight("audience", group, weak=True))
    return sights
