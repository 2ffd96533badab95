"""The demo office's knowledge and proposals as evidence, without an index: nearest by hand."""

import shutil
from pathlib import Path

from agent.intake.evidence import gather
from agent.intake.facts import read_facts
from agent.intake.proposal import parse
from agent.others import pending_of
from agent.schema.evidence import Candidate, Evidence
from agent.schema.proposal import Proposal
from agent.workspace import STARTER
from knowledge.entries import Capability
from knowledge.reading import Knowledge, load

DEMO = STARTER / "demo"
NEAREST = 8


def demo_knowledge(folder: Path) -> Knowledge:
    """As `concord demo` lays it out: its own entries and the starter packs."""
    shutil.copytree(DEMO / "knowledge", folder)
    for pack in ("policies", "patterns"):
        shutil.copytree(STARTER / pack, folder / pack)
    return load(folder)


def demo_proposal(name: str) -> Proposal:
    path = DEMO / "proposals" / f"{name}.md"
    return parse(path.read_bytes(), f"proposals/{path.name}")


def demo_evidence(proposal: Proposal, knowledge: Knowledge) -> Evidence:
    """What a full search brings: eight capabilities and a twin, here the first by id."""
    evidence = gather(proposal, knowledge, read_facts(proposal, {}), None)
    every = knowledge.of(Capability)
    known = {c.id: c for c in (*evidence.capabilities, *every[:NEAREST])}
    twin = pending_of(demo_proposal("automatic-no"), {})
    near = [(c.id, "capability") for c in every[:NEAREST]] + [(twin.initiative, "pending")]
    candidates = tuple(
        Candidate.model_validate(
            {"entry": id_, "kind": kind, "score": 1, "dense": 0.5, "lexical": 0.1, "rank": rank}
        )
        for rank, (id_, kind) in enumerate(near, start=1)
    )
    return evidence.model_copy(
        update={
            "capabilities": tuple(known[id_] for id_ in sorted(known)),
            "pending": (twin,),
            "candidates": candidates,
            "searched": True,
        }
    )
