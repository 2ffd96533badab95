"""The call that reads what the system leans on.

Owns question, check and mapping of the dimension `dependencies`, and of unknown references. Whether
something is registered, retired or planned is looked up in the entries, never believed.
"""

from collections.abc import Iterator
from typing import Final

from agent.readers.llm.call import Call
from agent.readers.llm.material import Material
from agent.readers.llm.problems import listed, quotes_stand
from agent.readers.llm.said import ASK, CLAIM, FINDINGS, NAME, first, questions_of, quotes_of, said
from agent.readers.llm.shown import NOTHING, register_text
from agent.readers.llm.wire import DependenciesAnswer, DependencyFinding
from agent.readers.rules import findings
from agent.readers.rules.dependencies import ID, status_line
from agent.readers.rules.findings import Standing
from agent.schema.assessment import Assessment, Claim, Covered, Quote
from agent.schema.proposal import Proposal
from knowledge.entries import Asset, Capability

_ASK: Final = {
    "dependency.retired": "Say what you use instead, or how the work goes on without it.",
    "dependency.unregistered": "Register it with an owner, or give its registered name.",
    "reference.unknown": "Correct the reference, or say what it means.",
}


def _idle(_: Material) -> str:
    return ""


def _values(material: Material) -> dict[str, object]:
    evidence = material.evidence
    return {
        "register_entries": register_text(evidence),
        "undeclared": "\n".join(evidence.undeclared_names) or NOTHING,
        "register": bool(evidence.registry.get("assets_folder")),
        "capabilities": evidence.registry.get("capability", 0),
        "assets": evidence.registry.get("asset", 0),
    }


def _entry(subject: str, material: Material) -> Asset | Capability | None:
    """The asset or capability with this id or name."""
    id_ = material.registered(subject)
    rows: tuple[Asset | Capability, ...] = (*material.whole.assets, *material.whole.capabilities)
    return next((entry for entry in rows if entry.id == id_), None)


# --- check -----------------------------------------------------------------------------------


def check(answer: DependenciesAnswer, material: Material) -> tuple[str, ...]:
    return listed(_problems(answer, material))


def _problems(answer: DependenciesAnswer, material: Material) -> Iterator[str]:
    for finding in answer.findings[: 2 * FINDINGS]:
        where = f"findings {finding.rule} “{said(finding.subject, NAME)}”"
        if not finding.quotes:
            yield f"{where} needs a quote of the proposal; give it or drop the finding."
        yield from quotes_stand(f"{where} quotes", finding.quotes, "proposal", material)
        if why := _untrue(finding, material):
            yield f"{where}: {why}; correct or drop it."


def _untrue(finding: DependencyFinding, material: Material) -> str:
    """Why it cannot be so, by the register and the text; empty: it can."""
    subject = said(finding.subject, NAME)
    entry = _entry(subject, material)
    if finding.rule == "dependency.retired":
        if entry is None:
            return "the register shows no such entry"
        status = entry.status or "unknown"
        return "" if status == "retired" else f"the register gives its status as {status}"
    known = material.registered(subject)
    if finding.rule == "dependency.unregistered" and entry is not None:
        return "" if entry.status == "planned" else f"it is registered as {entry.id}"
    if known is not None:
        return f"it is registered as {known}"
    if not subject or subject not in " ".join(material.proposal.source.text.split()):
        return "the proposal does not write this name"
    if finding.rule == "reference.unknown":
        return "" if ID.fullmatch(subject) else "it is no id"
    if not material.evidence.registry.get("assets_folder"):
        return "the office keeps no register of systems"
    own = (material.proposal.title.casefold(), material.proposal.declared.team.casefold())
    return "it names the initiative or its team" if subject.casefold() in own else ""


# --- mapping ---------------------------------------------------------------------------------


def read(answer: DependenciesAnswer, material: Material) -> Assessment:
    found: dict[tuple[str, str | None], Claim] = {}
    for finding in first(answer.findings, FINDINGS):
        if not _untrue(finding, material):
            claim = _claim(finding, material)
            found.setdefault((claim.rule, claim.subject), claim)
    dropped = len(answer.findings) - len(found)
    notes = (f"dependencies: {dropped} findings that do not hold left out",) if dropped else ()
    return Assessment(
        reader="llm",
        claims=tuple(found.values()),
        questions=questions_of(answer.questions, material),
        coverage={"dependencies": _coverage(material)},
        notes=notes,
    )


def _claim(finding: DependencyFinding, material: Material) -> Claim:
    subject, standing, proof = _judged(finding, material)
    return Claim(
        rule=finding.rule,
        subject=subject,
        **standing._asdict(),
        claim=said(finding.claim, CLAIM),
        ask=said(finding.ask, ASK) or _ASK[finding.rule],
        quotes=(*quotes_of("proposal", finding.quotes), *proof),
    )


def _judged(
    finding: DependencyFinding, material: Material
) -> tuple[str, Standing, tuple[Quote, ...]]:
    """Subject and weight as the rules give them, and the entry's own words on its status."""
    name = said(finding.subject, NAME)
    if finding.rule == "reference.unknown":
        return name, findings.reference_unknown(name), ()
    entry = _entry(name, material)
    if entry is None:
        declared = name in _declared(material.proposal)
        return name.casefold(), findings.unregistered(name, declared=declared), ()
    if finding.rule == "dependency.retired":
        return entry.id, findings.leans_on_retired(entry), status_line(entry)
    leans = {m.entry for m in material.evidence.mentions if m.declared in ("depends_on", "reuses")}
    standing = findings.leans_on_planned(entry, declared=entry.id in leans)
    return entry.id, standing, status_line(entry)


def _declared(proposal: Proposal) -> set[str]:
    return {*proposal.declared.depends_on, *proposal.declared.reuses}


def _coverage(material: Material) -> Covered:
    evidence = material.evidence
    capabilities, assets = (evidence.registry.get(kind, 0) for kind in ("capability", "asset"))
    if not evidence.registry.get("assets_folder"):
        note = "the model read the text; the office keeps no asset register"
        return Covered(state="partly" if capabilities else "not_checked", note=note)
    how = "with search in" if material.tools else "against the names recognised of"
    note = (
        f"the model read the text {how} {assets} registered assets and {capabilities} capabilities"
    )
    return Covered(state="partly" if material.cut else "checked", note=note)


CALL = Call(
    name="dependencies",
    answer=DependenciesAnswer,
    dimensions=("dependencies",),
    uses_tools=True,
    idle=_idle,
    values=_values,
    check=check,
    read=read,
)
