"""A small office in memory for readers' tests: real entries, real proposals, real evidence."""

from pathlib import Path

from agent.intake.evidence import gather
from agent.intake.facts import read_facts
from agent.intake.proposal import parse
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from knowledge.reading import load


def write_entries(folder: Path, entries: dict[str, str]) -> Path:
    """`{"goals/G-1.md": text}` as files below `folder`."""
    for name, text in sorted(entries.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def proposal_and_evidence(text: str, folder: Path) -> tuple[Proposal, Evidence]:
    proposal = parse(text.encode(), "proposal.md")
    knowledge = load(folder)
    assert not knowledge.problems, knowledge.problems
    return proposal, gather(proposal, knowledge, read_facts(proposal, {}), None)
