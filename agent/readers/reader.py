"""The seam that every reader fits: rules today, a language model beside them."""

from typing import Protocol

from agent.schema.assessment import Assessment
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from knowledge.vocabulary import ReaderName


class Reader(Protocol):
    """Reads the evidence for one proposal; claims only, `agent.draft.verify` checks them."""

    @property
    def name(self) -> ReaderName: ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same input could give another reading."""

    async def read(self, proposal: Proposal, evidence: Evidence) -> Assessment: ...
