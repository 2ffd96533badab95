"""RulesReader: every dimension's reading joined into one assessment."""

import hashlib
from functools import cache
from pathlib import Path

from agent.readers.rules import (
    alignment,
    consistency,
    dependencies,
    hygiene,
    overlap,
    ownership,
    trust,
)
from agent.schema.assessment import Assessment
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from knowledge.vocabulary import ReaderName

DIMENSIONS = (overlap, alignment, trust, consistency, dependencies, ownership, hygiene)
"""In the order in which a coordinator reads them."""

_JUDGING = ("agent/intake", "agent/readers/rules", "agent/draft", "agent/schema", "knowledge")
"""The folders whose code can change what the rules say of the same input."""

_ROOT = Path(__file__).parents[3]


class RulesReader:
    """Deterministic, offline, needs no key; the same input gives the same assessment."""

    name: ReaderName = "rules"

    @property
    def fingerprint(self) -> str:
        return _fingerprint()

    async def read(self, proposal: Proposal, evidence: Evidence) -> Assessment:
        return assess(proposal, evidence)


def assess(proposal: Proposal, evidence: Evidence) -> Assessment:
    """The seven dimensions, joined."""
    parts = [dimension.read(proposal, evidence) for dimension in DIMENSIONS]
    return Assessment(
        reader="rules",
        requirements=tuple(r for part in parts for r in part.requirements),
        overlaps=tuple(o for part in parts for o in part.overlaps),
        goals=tuple(g for part in parts for g in part.goals),
        claims=tuple(c for part in parts for c in part.claims),
        questions=tuple(q for part in parts for q in part.questions),
        coverage={name: row for part in parts for name, row in part.coverage.items()},
    )


@cache
def _fingerprint() -> str:
    """Hash of the code that judges: a changed rule is a changed reader, without anybody's care."""
    seen = hashlib.sha256()
    for path in judging():
        name = path.relative_to(_ROOT).as_posix()
        seen.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()[:16]


def judging() -> list[Path]:
    """The files that the fingerprint covers, folders inside folders too."""
    return sorted(path for folder in _JUDGING for path in (_ROOT / folder).rglob("*.py"))
