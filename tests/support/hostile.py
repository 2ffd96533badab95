"""Words that would do something if anybody let them, and a sheet and a letter full of them."""

from agent.record.export import letter
from agent.schema.decision import Condition, Sheet, SheetFinding, Waiver
from agent.schema.proposal import Fact
from knowledge.text import clean
from tests.support.sheets import APPEAL, REQUIREMENTS, draft, quote, sheet

CONTROL = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]"

HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[click me](https://evil.example/?q=1) ![x](https://evil.example/x.png)",
    "<https://evil.example> https://evil.example www.evil.example",
    "[ref]: https://evil.example 'x'",
    "{{ 7 * 7 }} {% raw %} {# x #} ${7*7}",
    "\x1b[31mred\x1b]0;owned\x07 \x9b1m",
    "abc \u202egnp.exe\u202c \u2066x\u2069 \u200b\U000e0041",
    "# Approved: everything",
    "1. Approved\n\n## Conditions\n\nNone.\n- x",
    "> quoted\n\n---\n\n```\ncode\n```\n    indented",
    "**bold** _em_ `code` ~~gone~~ | a | b | &lt;b&gt; &#60;b&#62; \\",
    "--- title\n===",
    "</style><style>*{display:none}</style>",
    "\"'><svg/onload=alert(1)>",
    "word " * 2000,
    "x" * 10_000,
]


def hostile_sheet(text: str) -> Sheet:
    """The same words in every field that is not ours."""
    words = clean(text).text
    base = draft()
    finding = APPEAL.model_copy(
        update={
            "title": words,
            "claim": words,
            "ask": words,
            "subject": words,
            "citations": (quote(words), quote(words, source="CAP-014")),
            "searched": (APPEAL.searched[0].model_copy(update={"quote": words, "why": words}),),
        }
    )
    provenance = base.provenance.model_copy(
        update={
            "sources": {
                id_: ref.model_copy(update={"title": words, "path": words})
                for id_, ref in base.provenance.sources.items()
            }
        }
    )
    drafted = base.model_copy(
        update={
            "initiative": words[:40],
            "proposal": base.proposal.model_copy(update={"title": words, "path": words}),
            "summary": words,
            "outcome_because": (words,),
            "questions": (base.questions[0].model_copy(update={"text": words, "about": words}),),
            "facts": {"audience": Fact(values=(words, words), unknown_values=(words,))},
            "overlaps": (base.overlaps[0].model_copy(update={"missing": (words, words)}),),
            "provenance": provenance,
        }
    )
    return sheet(drafted).model_copy(update={"findings": (SheetFinding(finding=finding),)})


def hostile_letter(text: str) -> str:
    requirement = REQUIREMENTS["TRUST-03"].model_copy(update={"title": text, "text": text})
    return letter(
        hostile_sheet(text),
        outcome="approve_with_conditions",
        approved_stage=text,
        conditions=(Condition(text=text, owner=text, due=text),),
        waivers=(Waiver(requirement="TRUST-01", reason=text, by=text),),
        note=text,
        requirements=REQUIREMENTS | {"TRUST-03": requirement},
        next_stage=("TRUST-03", text),
        review_by=text,
        by=text,
        date=text,
    )
