"""Data: the strictest kind of data that the system itself uses.

A term counts only where the sentence says that data is used (a verb of use, or a heading on data);
a plain mention proves nothing. `business` is never guessed: only an exclusion states it.
"""

import re
from functools import cache
from typing import Final

from agent.intake.cues.passage import Passage, Sight, negated
from knowledge.patterns import lazy

RECORDS: Final = (
    r"(?:data|records?|files?|information|profiles?|notes?|histor(?:y|ies)|details|documents?)"
)
SENSITIVE: Final = (
    r"health[- ](?:related )?(?:data|information|records?|status|conditions?|details|"
    r"questionnaires?|"
    r"declarations?|statements?|history)",
    r"medical (?:\w+ )?(?:reports?|records?|files?|histor(?:y|ies)|certificates?|documents?|data|"
    r"information|notes?|letters?|images?|invoices?|bills?|statements?|assessments?|opinions?|"
    r"evidence|conditions?|questionnaires?)",
    r"(?:doctors?'?s?|hospital|discharge|physicians?'?) (?:reports?|letters?|notes?|records?|"
    r"summar(?:y|ies))",
    r"(?:patients?'?s?|clinical) (?:records?|data|files?|notes?|histor(?:y|ies)|images?)",
    r"diagnos[ei]s (?:codes?|data)|(?:injury|injuries|treatment) (?:reports?|records?|"
    r"descriptions?|"
    r"details|data)|(?:descriptions?|details) of (?:the )?injur(?:y|ies)|prescription (?:data|"
    r"records?)",
    r"sick(?:ness)? (?:leave|absence|notes?|days)(?: \w+)?|absence due to illness|disability "
    r"status",
    r"biometrics?|face (?:images?|recognition)|facial (?:images?|recognition|features?)|voice "
    r"?prints?|"
    r"(?<!device )(?<!browser )(?<!digital )fingerprints|iris scans?",
    r"genetic (?:data|information|tests?)|dna (?:data|samples?)",
    r"ethnicit(?:y|ies)|ethnic (?:origin|background)|racial (?:origin|data)|"
    r"religious (?:beliefs?|affiliation)|sexual orientation|trade[- ]union membership|"
    r"political opinions?",
    r"criminal (?:records?|convictions?|histor(?:y|ies))",
    r"special[- ]categor(?:y|ies)|sensitive (?:personal )?(?:data|information)|mental health",
)
PERSON_WORD: Final = (
    r"(?:customers?|claimants?|policy ?holders?|employees?|staff|applicants?|candidates?|members?|"
    r"users?|callers?|clients?|subscribers?|students?|residents?|citizens?|consumers?|guests?|"
    r"tenants?|passengers?|drivers?|workers?|persons?|insured)"
)
PERSONAL: Final = (
    r"personal(?:ly)?[- ](?:identifiable )?(?:data|information|details)|pii",
    rf"{PERSON_WORD}(?:'s?)? (?:\w+ )?{RECORDS}",
    rf"{PERSON_WORD}(?:'s?)? (?:names?|e-?mails?|messages?|letters?|calls?|chats?|complaints?|"
    rf"addresses|photos?|salar(?:y|ies)|ages?|age)",
    r"names?(?:,| and| or) (?:and )?(?:\w+ )?(?:addresse?s?|dates?|phone|age|contact|e-?mail|"
    r"policy)\w*",
    rf"names of (?:\w+ )?{PERSON_WORD}",
    r"(?:postal|home|street|e-?mail|mail) address(?:es)?",
    r"(?:(?:tele)?phone|mobile) numbers?|dates? of birth|birth ?dates?|bank (?:details|account "
    r"\w+)|ibans?|"
    r"account numbers?|(?:national insurance|social security|passport|tax) numbers?",
    r"identity documents?|passport (?:copies|scans?|photos?|data)|driving licen[cs]es?|"
    r"(?:licen[cs]e|number) plates?|"
    r"(?:location|gps|payroll|hr) data|ip address(?:es)?|salar(?:y|ies)",
    r"(?:call|phone|voice) (?:recordings?|transcripts?)|recorded calls|recordings of calls|"
    r"transcripts? of (?:the )?calls?|chat (?:logs?|histor(?:y|ies)|transcripts?)",
    r"(?:purchase|browsing|payment|claims?|driving) histor(?:y|ies)|claims? (?:files?|notes?)|"
    r"personnel (?:files?|records?)|cvs?|résumés?|job applications?|loan applications?",
)
USE: Final = lazy(
    r"\b(us(?:e|es|ed|ing)|reads?|reading|process\w*|receiv\w+|takes?|taking|extract\w*|analys\w+|"
    r"analyz\w+|summari[sz]\w+|contain\w*|includ\w+|holds?|stor(?:e|es|ed|ing)|based on|from|"
    r"inputs?|"
    r"train\w*|access\w*|collect\w*|looks? at|match\w*|compar\w+|combin\w+|transcrib\w+|scan\w*|"
    r"classif\w+|handl\w+|pull\w*|fetch\w*|link\w*|ingest\w*|consult\w*|search\w*|draws? on|"
    r"works? (?:on|with|through)|listens? to|go(?:es)? through|fed|feeds?|sees?|needs?|evaluat\w+|"
    r"checks?|drafts?|scor\w+|relies on|involv\w+|logs?|keeps?|kept|retain\w*)\b"
)
DATA_TOPIC: Final = lazy(
    r"\b(data(?! (?:protection|scien\w+|team|owner|steward))|inputs?|information used|"
    r"what it (?:uses|reads)|sources)\b"
)
ASIDE_TOPIC: Final = lazy(
    r"\b(bias|fairness|tests?|testing|accessib\w+|training of|users? training|owner\w*|team|roles?|"
    r"people|budget|costs?|benefits?|measures?)\b"
)
AFTER_NEGATION: Final = lazy(
    r"^(?:\W+\w+){0,3}?\W+(?:(?:is|are|was|were|will be|has been|have been|gets?)\W+(?:\w+\W+)?"
    r"(?:not|never|excluded|removed|stripped|masked|redacted|filtered|deleted|anonymi[sz]ed|"
    r"pseudonymi[sz]ed|out of scope|left out|blocked|taken out)|(?:do|does|will) not|"
    r"stays? out|out of scope|never)\b"
)
SCRUBBED: Final = lazy(
    r"\b(anonymi[sz]ed|synthetic|fictitious|dummy|made-up|fictional|aggregated|strip\w*|remov\w+|"
    r"redact\w*|mask\w*|blocks?|exclud\w+|forbid\w*|prohibit\w*|delet\w+|refus\w+|tak(?:es?|en) "
    r"out|filters? out|filtered|left out|leaves? out|cuts? (?:off|away|out)|black(?:s|ed) out|"
    r"crossed out|discard\w*|dropp?(?:s|ed)|thrown away|by mistake|by accident)\b"
)
INCIDENTAL: Final = lazy(
    r"\b(?:where|if|when|in case|should|whenever) (?:somebody|someone|anybody|people|they|"
    r"(?:a|the|an) \w+) (?:includes?|enters?|writes?|types?|mentions?|adds?|puts?|uploads?|bears?|"
    r"happens? to)\b"
)
"""What somebody may hand in unasked is no data that the system is made for."""
CLOSE: Final = 60
ONLY_BUSINESS: Final = lazy(
    r"\b(?:no|not(?: \w+)?(?: any)?|never(?: \w+)?(?: any)?|without(?: any)?|free of|neither) "
    r"(?:customer or |employee or )?(?:personal|personally identifiable) (?:data|information)"
    r"(?: or [\w ]+?)?"
    r"(?: (?:is|are|will be|gets)(?: ever)? (?:used|processed|needed|involved|required|read|"
    r"touched|"
    r"included|contained|collected|in scope|available))?\s*(?:[.,;)]|and\b|at all|whatsoever|$)"
)
ONLY_BUSINESS_TAIL: Final = lazy(
    r"\bpersonal (?:data|information) (?:is|are|will) (?:be )?(?:not|never)(?: be)? "
    r"(?:used|processed|needed|involved|required|read|touched|collected)\b"
)
NARROW: Final = lazy(
    r"\b(stor\w+|sav\w+|leav\w+|shar\w+|sent|sends?|transfer\w*|log\w*|retain\w*|keep\w*|kept|"
    r"train\w*|disclos\w+|expos\w+|in the (?:logs?|prompts?|answers?|output))\b"
)
PUBLIC_ONLY: Final = lazy(
    r"\b(?:only|exclusively|solely|nothing but)\b.{0,30}\b(?:internal|business|product|technical|"
    r"sensor|telemetry|machine|weather|aggregated?|financial|public(?:ly available)?|published|"
    r"company) (?:\w+ )?(?:data|documents?|information|figures|manuals?|guidelines?|readings|"
    r"texts?)\b"
)


@cache
def _terms(level: str) -> re.Pattern[str]:
    terms = SENSITIVE if level == "sensitive" else PERSONAL
    return re.compile(rf"(?<![\w-])(?:{'|'.join(terms)})(?![\w-])")


def see(passage: Passage) -> list[Sight]:
    """Terms of either level that the sentence says are used, and the exclusion of personal data."""
    about_data = DATA_TOPIC.search(passage.topic) is not None
    if passage.aside or (ASIDE_TOPIC.search(passage.topic) and not about_data):
        return []
    if _only_business(passage.text):
        return [Sight("data", "business", weak=True)]
    if not about_data and not USE.search(passage.text):
        return []
    found: list[Sight] = []
    incidental = INCIDENTAL.search(passage.text) is not None
    for clause in passage.clauses():
        if SCRUBBED.search(clause):
            continue
        for level in ("sensitive", "personal"):
            stated = [term for term in _terms(level).finditer(clause) if _stated(clause, term)]
            if stated:
                used = about_data or any(_taken_in(clause, term) for term in stated)
                found.append(Sight("data", level, weak=incidental or not used))
                break
    return found


def _taken_in(clause: str, term: re.Match[str]) -> bool:
    """A verb of use right before the term, which a mere mention in the same sentence lacks."""
    return USE.search(clause, max(0, term.start() - CLOSE), term.start()) is not None


def _only_business(text: str) -> bool:
    if NARROW.search(text):
        return False
    excluded = ONLY_BUSINESS.search(text) or ONLY_BUSINESS_TAIL.search(text)
    return bool(excluded or (PUBLIC_ONLY.search(text) and not _terms("personal").search(text)))


def _stated(clause: str, term: re.Match[str]) -> bool:
    """Neither `no health data` nor `health data is not used`."""
    return not negated(clause, term.start()) and not AFTER_NEGATION.match(clause[term.end() :])
