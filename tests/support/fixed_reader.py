"""A paid reader whose reading is fixed: what a model could say, without a model."""

from collections.abc import Sequence

from agent.schema.assessment import Assessment
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from agent.schema.reading import Reading, Spent
from knowledge.vocabulary import ReaderName


class FixedReader:
    """Says the same of every proposal, and counts how often it was asked."""

    name: ReaderName = "llm"

    def __init__(self, assessment: Assessment, failed: Sequence[str] = ()) -> None:
        self.assessment = assessment
        self.failed = tuple(failed)
        self.fingerprint = "fixed"
        self.asked = 0
        self.saw: list[Evidence] = []

    async def read(self, proposal: Proposal, evidence: Evidence) -> Assessment:
        return (await self.read_counted(proposal, evidence)).assessment

    async def read_counted(self, proposal: Proposal, evidence: Evidence) -> Reading:
        del proposal
        self.asked += 1
        self.saw.append(evidence)
        return Reading(
            fingerprint=self.fingerprint,
            model="fixed-1",
            prompts="p1",
            assessment=self.assessment,
            usage=Spent(calls=4, input_tokens=9000),
            failed=self.failed,
        )
