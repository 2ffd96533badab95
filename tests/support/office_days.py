"""Drafts and decisions for tests of the record: small, valid, and different where it matters."""

import hashlib
from typing import Any

from agent.record.store import Store
from agent.schema.base import content_id, digest
from agent.schema.decision import Decision
from agent.schema.draft import Draft, Finding, ProposalRef, Provenance, RequirementRow

TEXT = b"# Claims triage\n\nIt sorts incoming claims. A clerk may object.\n"


def finding(initiative: str, rule: str = "TRUST-03", **changes: Any) -> Finding:
    values: dict[str, Any] = {
        "id": content_id(initiative, rule, None),
        "rule": rule,
        "dimension": "trust",
        "severity": "blocker",
        "title": "No way to appeal",
        "claim": "Nothing says how a person objects.",
        "ask": "Say how to appeal.",
    }
    return Finding(**(values | changes))


def requirement(rule: str = "TRUST-03", **changes: Any) -> RequirementRow:
    values: dict[str, Any] = {
        "id": rule,
        "applies": "yes",
        "applies_because": "it decides about people",
        "status": "absent",
        "severity": "blocker",
    }
    return RequirementRow(**(values | changes))


def draft_of(
    initiative: str = "triage", version: int = 1, knowledge: str = "k1", **changes: Any
) -> Draft:
    """A draft with one unmet blocker; its id follows from what it was made of."""
    values: dict[str, Any] = {
        "id": content_id(initiative, version, knowledge, "r1", None, None),
        "initiative": initiative,
        "version": version,
        "proposal": ProposalRef(path=f"proposals/{initiative}.md", sha256="0" * 64, title="Triage"),
        "outcome": "request_changes",
        "outcome_because": ("TRUST-03 is not in place.",),
        "outcome_by_reader": {"rules": "request_changes"},
        "summary": "Sorts claims.",
        "findings": (finding(initiative),),
        "requirements": (requirement(),),
        "provenance": Provenance(tool="concord 0.1.0", rules="r1", knowledge=knowledge),
    }
    draft = Draft(**(values | changes))
    return draft.model_copy(update={"digest": digest(draft)})


def hand_in(store: Store, initiative: str = "triage", raw: bytes = TEXT, **changes: str) -> int:
    values = {"path": f"proposals/{initiative}.md", "title": "Claims triage", "actor": "ana"}
    sha = hashlib.sha256(raw).hexdigest()
    return store.submit(initiative=initiative, raw=raw, sha256=sha, **(values | changes))


def drafted(store: Store, initiative: str = "triage", version: int = 1, **changes: Any) -> Draft:
    """An initiative that is handed in and drafted, ready to decide."""
    hand_in(store, initiative)
    draft = draft_of(initiative, version, **changes)
    store.save_draft(draft, {"TRUST-03": "People can appeal."}, "ana", f'{{"of": "{draft.id}"}}')
    return draft


def decision_on(draft: Draft, /, **changes: Any) -> Decision:
    values: dict[str, Any] = {
        "initiative": draft.initiative,
        "version": draft.version,
        "draft": draft.id,
        "shown": "s" * 64,
        "outcome": "request_changes",
        "by": "ana",
    }
    return Decision(**(values | changes))
