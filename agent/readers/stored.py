"""A model's reading as it was kept with its draft, in the place of the model: it costs nothing and
contacts nobody."""

from agent.schema.assessment import Assessment
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from agent.schema.reading import Reading
from knowledge.vocabulary import ReaderName


class StoredReading:
    """Answers whatever it is asked with what was read once; `verify` checks it anew."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @property
    def name(self) -> ReaderName:
        return self._reading.reader

    @property
    def fingerprint(self) -> str:
        """Of the reader that read it."""
        return self._reading.fingerprint

    async def read(self, proposal: Proposal, evidence: Evidence) -> Assessment:
        return (await self.read_counted(proposal, evidence)).assessment

    async def read_counted(self, proposal: Proposal, evidence: Evidence) -> Reading:
        del proposal, evidence
        return self._reading
