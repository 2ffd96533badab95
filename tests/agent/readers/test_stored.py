"""A reading that was kept stands in for the model that read it."""

import asyncio

from agent.readers.reader import PaidReader
from agent.readers.rules.reader import RulesReader
from agent.readers.stored import StoredReading
from agent.schema.reading import Reading
from tests.support.evidence import NOTICE, evidence, model, parsed, reads
from tests.support.fixed_reader import FixedReader


def test_it_answers_with_what_was_kept_and_is_the_same_reader() -> None:
    live = FixedReader(model(requirements=(reads("TRUST-01", "in_place", NOTICE),)), ["trust"])
    kept = asyncio.run(live.read_counted(parsed(), evidence())).model_dump_json()
    stored = StoredReading(Reading.model_validate_json(kept))
    again = asyncio.run(stored.read_counted(parsed(), evidence()))
    assert again.model_dump_json() == kept
    assert asyncio.run(stored.read(parsed(), evidence())) == live.assessment
    assert (stored.name, stored.fingerprint) == (live.name, live.fingerprint)
    assert live.asked == 1


def test_only_readers_that_count_are_paid_ones() -> None:
    assert isinstance(StoredReading(Reading(fingerprint="f", model="m", prompts="p",
                                            assessment=model())), PaidReader)  # fmt: skip
    assert not isinstance(RulesReader(), PaidReader)
