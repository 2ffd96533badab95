"""The seam that every reader fits: the rules, and a language model beside them."""

from typing import Protocol, runtime_checkable

from agent.schema.assessment import Assessment
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from agent.schema.reading import Reading
from knowledge.vocabulary import ReaderName


class Reader(Protocol):
    """Reads the evidence for one proposal; claims only, `agent.draft.verify` checks them."""

    @property
    def name(self) -> ReaderName: ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same input could give another reading."""

    async def read(self, proposal: Proposal, evidence: Evidence) -> Assessment: ...


@runtime_checkable
class PaidReader(Reader, Protocol):
    """One that keeps its own steps, may fail in parts, and says what it cost."""

    async def read_counted(self, proposal: Proposal, evidence: Evidence) -> Reading: ...
