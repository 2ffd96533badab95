"""The call that reads the requirements: is each measure stated for this system?

Owns question, check and mapping of the dimension `trust`. What applies was decided before; a model
can neither add nor drop a requirement, nor say how grave a gap is.
"""

from collections.abc import Iterator

from agent.readers.llm.call import Call
from agent.readers.llm.material import Material
from agent.readers.llm.problems import ids_once, listed, quotes_stand
from agent.readers.llm.said import ASK, CLAIM, looks_of, once, questions_of, quotes_of, said
from agent.readers.llm.shown import requirements_text
from agent.readers.llm.wire import RequirementAnswer, TrustAnswer
from agent.readers.rules.trust_claims import ask_of, title_of
from agent.schema.assessment import Assessment, Claim, Covered, RequirementReading
from knowledge.entries import Requirement
from knowledge.vocabulary import Status, gap_severity

_TELLS = {
    "planned": "Only planned.",
    "absent": "Not stated.",
    "unclear": "Left open.",
}


def _asked(material: Material) -> dict[str, Requirement]:
    """Those that apply or may apply, by id."""
    rows = material.evidence.requirements
    return {r.id: r for r in rows if material.applies(r.id) != "no"}


def _idle(material: Material) -> str:
    return "" if _asked(material) else "no requirement applies"


def _values(material: Material) -> dict[str, object]:
    asked = _asked(material)
    return {"requirements": requirements_text(material.evidence), "count": len(asked)}


# --- check -----------------------------------------------------------------------------------


def check(answer: TrustAnswer, material: Material) -> tuple[str, ...]:
    return listed(_problems(answer, material))


def _problems(answer: TrustAnswer, material: Material) -> Iterator[str]:
    asked = _asked(material)
    yield from ids_once("requirements", [r.id for r in answer.requirements], list(asked))
    for row in answer.requirements:
        if row.id not in asked:
            continue
        where = f"requirements {row.id}"
        yield from quotes_stand(f"{where} quotes", row.quotes, "proposal", material)
        looked = [near.quote for near in row.nearest]
        yield from quotes_stand(f"{where} nearest", looked, "proposal", material)
        if row.status in ("in_place", "planned") and not row.quotes:
            yield f"{where}: {row.status} needs a quote of the proposal; give it or say absent."


# --- mapping ---------------------------------------------------------------------------------


def read(answer: TrustAnswer, material: Material) -> Assessment:
    asked = _asked(material)
    rows, dropped = once(answer.requirements, [r.id for r in answer.requirements], asked)
    readings = [_reading(row, asked[row.id], material) for row in rows]
    claims = [
        _claim(row, asked[row.id], reading)
        for row, reading in zip(rows, readings, strict=True)
        if material.applies(row.id) == "yes" and reading.status != "in_place"
    ]
    notes = (f"trust: {dropped} rows with unknown or repeated ids left out",) if dropped else ()
    return Assessment(
        reader="llm",
        requirements=tuple(readings),
        claims=tuple(claims),
        questions=questions_of(answer.questions, material),
        coverage={"trust": _coverage(len(rows), len(asked), material)},
        notes=notes,
    )


def _reading(
    row: RequirementAnswer, requirement: Requirement, material: Material
) -> RequirementReading:
    quotes = quotes_of("proposal", row.quotes)
    status: Status = row.status
    note = said(row.reason, CLAIM)
    if material.applies(requirement.id) == "unknown":
        because = material.evidence.applicable.get(requirement.id)
        note = "Whether it applies is not known" + (f": {because.because}" if because else "")
        status = "unclear"
    searched = () if status == "in_place" else looks_of(row.nearest, quotes)
    return RequirementReading(
        id=requirement.id, status=status, quotes=quotes, searched=searched, note=note
    )


def _claim(row: RequirementAnswer, requirement: Requirement, reading: RequirementReading) -> Claim:
    """Only the reason and the ask are the model's words."""
    return Claim(
        rule=requirement.id,
        dimension="trust",
        severity=gap_severity(requirement.severity, requirement.enforce, reading.status),
        title=title_of(requirement.title, reading.status),
        claim=said(f"{_TELLS[reading.status]} {reading.note}", CLAIM),
        ask=said(row.ask, ASK) or ask_of(requirement, reading),
        quotes=reading.quotes,
        searched=reading.searched,
    )


def _coverage(read_: int, asked: int, material: Material) -> Covered:
    note = f"the model read {read_} of {asked} requirements"
    if material.cut:
        note += "; the end of the text was left out, it is too long"
    return Covered(state="checked" if read_ == asked and not material.cut else "partly", note=note)


CALL = Call(
    name="trust",
    answer=TrustAnswer,
    dimensions=("trust",),
    uses_tools=False,
    idle=_idle,
    values=_values,
    check=check,
    read=read,
)
