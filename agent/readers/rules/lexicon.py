"""Words of the field that stand for each other, and words that carry nothing in a cue.

Owns the lists only. A cue's word without alternatives of its own is widened by these families;
where an office wrote alternatives (`a|b`), its own list counts and nothing is added.
"""

from functools import cache
from typing import Final

from agent.intake.words import stem, vocabulary

STOP: Final = vocabulary(
    "a an the of to in on at by for with from as is are was were be been being it its this that "
    "these those and or if when which who whom whose what where how there here we our us they "
    "their them you your he she his her i has have had do does did can could will would shall "
    "should may might must than then so such into about per each every any all some both also "
    "only very more most other same own just not"
)
"""Dropped from a cue. `not` is read as its polarity."""
DENIALS: Final = vocabulary("not no never nobody nothing none cannot neither nor")
"""Turn a cue around; `without` does not: it is a word to be found, often in a double denial."""

CONTAINERS: Final = vocabulary(
    "route way process procedure mechanism measure measures option possibility means policy "
    "approach function feature functionality arrangement arrangements provision provisions "
    "system tool assistant solution application service product model use used using "
    "appropriate relevant sufficient clear clearly documented defined existing available"
)
"""Words that hold a cue together without saying what it is about."""

TALK: Final = vocabulary(
    "proposal initiative team project document documents describe describes description state "
    "states statement explain? ensure ensures provide provides must should shall need needs "
    "evidence named name names requirement concrete specific includes include including exist "
    "exists place organisation organization wording stated relevant given make makes made take "
    "takes taken set kept keep where whose whom possible way well also least whether"
)
"""Words in which a requirement talks about proposals; they say nothing about the measure."""

_FAMILIES: Final = (
    "appeal contest object challenge dispute complain recourse redress contestation rebut",
    "person human adjuster clerk officer staff agent specialist caseworker handler employee "
    "colleague reviewer supervisor manager doctor nurse physician clinician operator underwriter "
    "adviser advisor analyst expert someone people manual manually worker",
    "customer user applicant citizen client policyholder claimant patient member visitor resident "
    "consumer caller recipient people public student employee affected",
    "tell inform notify notification notice banner disclose disclosure announce told aware",
    "ai artificial machine algorithm algorithmic automated automatic automation bot chatbot llm",
    "approve approval sign confirm confirmation release accept authorise authorize",
    "review check inspect verify examine vet proofread",
    "override overrule overturn reverse correct reject",
    "decide decision determination verdict outcome",
    "explain explanation reason rationale justify justification why",
    "uncertain uncertainty confidence confident sure doubt probability likelihood certainty",
    "opt decline withdraw",
    "test evaluate evaluation validate validation trial benchmark",
    "release launch deploy deployment production rollout",
    "bias fair fairness unfair discriminate discrimination disparity disparate parity equity",
    "monitor track watch observe supervise",
    "incident breach malfunction outage fault",
    "report escalate escalation",
    "fallback backup contingency",
    "stop switch disable pause halt shut kill suspend",
    "minimise minimisation minimum necessary minimal",
    "delete deletion erase erasure remove purge destroy wipe",
    "retain retention keep kept store storage archive hold",
    "consent permission",
    "secure security protect protection encrypt encryption",
    "injection inject jailbreak adversarial",
    "supplier vendor provider contractor processor",
    "contract agreement terms clause dpa",
    "log record audit trail journal",
    "train training course workshop instruct instruction onboarding",
    "owner own accountable accountability responsible responsibility",
    "change version update modification",
    "sunset retire retirement expire expiry decommission discontinue",
    "accessible accessibility wcag disability barrier",
    "source cite citation reference ground quote",
    "label mark watermark tag flag stamp",
    "generate generated draft write produce compose synthetic",
    "day week month year hour",
    "risk harm hazard",
    "unfair discriminatory biased",
)


@cache
def families() -> dict[str, frozenset[str]]:
    """Stem → every stem that may stand for it, itself included."""
    found: dict[str, frozenset[str]] = {}
    for line in _FAMILIES:
        members = frozenset(stem(word) for word in line.split())
        for member in members:
            found[member] = found.get(member, frozenset()) | members
    return found


@cache
def containers() -> frozenset[str]:
    return frozenset(stem(word) for word in CONTAINERS)


@cache
def talk() -> frozenset[str]:
    return frozenset(stem(word) for word in TALK) | containers()
