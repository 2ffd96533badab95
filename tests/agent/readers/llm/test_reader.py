"""The run of a reading: four calls side by side, what fails, what is kept, what it cost."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from agent.draft.verify import verify
from agent.readers.llm.reader import CALLS, LlmReader
from agent.readers.llm.types import EndpointError, Tool
from agent.readers.reader import Reader
from agent.schema.evidence import Evidence
from agent.schema.office import ModelSettings
from agent.schema.proposal import Fact, Proposal
from agent.schema.reading import Reading
from knowledge.index import Index
from knowledge.reading import Knowledge
from tests.support.evidence import TWIN, draft_of, evidence, parsed, rules
from tests.support.model_reader import ScriptedModel, busy, careful, overlap, requirement

SETTINGS = ModelSettings(name="some-model", base_url="https://models.example/v1", review_seconds=5)


class Steps(dict[str, str]):
    """A step cache in memory."""

    def get_step(self, key: str) -> str | None:
        return self.get(key)

    def put_step(self, key: str, json: str) -> None:
        self[key] = json


def read(
    model: ScriptedModel,
    knowledge: Knowledge,
    *,
    steps: Steps | None = None,
    search: Index | None = None,
    proposal: Proposal | None = None,
    gathered: Evidence | None = None,
    said: list[str] | None = None,
    **changes: Any,
) -> Reading:
    settings = SETTINGS.model_copy(update=changes)
    say = said.append if said is not None else None
    reader = LlmReader(settings, knowledge, search, model.chat, steps, say)
    return asyncio.run(reader.read_counted(proposal or parsed(), gathered or evidence()))


def test_four_calls_become_one_reading_that_the_sources_bear_out(knowledge: Knowledge) -> None:
    model = ScriptedModel(careful())
    reading = read(model, knowledge)
    assert sorted(brief.name for brief in model.briefs) == sorted(call.name for call in CALLS)
    assert (model.opened, model.closed) == (1, 1)
    assert (reading.failed, reading.model, reading.reader) == ((), "some-model", "llm")
    assert (reading.usage.calls, reading.usage.input_tokens, reading.usage.cached_tokens) == (
        4,
        400,
        160,
    )
    checked = verify(reading.assessment, parsed(), evidence())
    assert not checked.unsupported
    assert {c.check for f in checked.findings for c in f.citations} == {"exact"}
    assert set(checked.coverage) == {d for call in CALLS for d in call.dimensions}
    draft = draft_of(rules(), reading.assessment)
    assert draft.outcome_by_reader["llm"] is not None


def test_each_call_has_its_own_marker_and_all_share_the_prefix(knowledge: Knowledge) -> None:
    model = ScriptedModel(careful())
    read(model, knowledge)
    markers = {b.user.split("Marker of this call: ")[1].split("\n")[0] for b in model.briefs}
    assert len(markers) == 4
    assert len({brief.system for brief in model.briefs}) == 1


def test_a_failed_call_is_told_and_the_others_stand(knowledge: Knowledge) -> None:
    said: list[str] = []
    refusal = EndpointError("refusal", "the model at models.example:443 refused to answer (trust)")
    script = careful() | {"trust": refusal, "dependencies": busy()}
    reading = read(ScriptedModel(script), knowledge, said=said)
    assert reading.failed == ("trust", "dependencies")
    coverage = reading.assessment.coverage
    assert (coverage["trust"].state, coverage["alignment"].state) == ("not_checked", "checked")
    assert coverage["trust"].note.startswith("the model did not read this: the model at models.ex")
    assert coverage["dependencies"].note == (
        "the model did not read this: api.example:443 was busy (429) after 4 tries"
    )
    assert [g.id for g in reading.assessment.goals] == ["GOAL-1", "GOAL-2"]
    assert reading.usage.calls == 3, "what failed after an answer was paid for as well"
    name = parsed().initiative
    assert sorted(said) == [
        f"{name}: the model did not read this (dependencies): {busy()}",
        f"{name}: the model did not read this (trust): {refusal}",
    ]


def test_whatever_fails_nothing_is_raised(knowledge: Knowledge) -> None:
    reading = read(ScriptedModel({call.name: busy() for call in CALLS}), knowledge)
    assert set(reading.failed) == {call.name for call in CALLS}
    assert {c.state for c in reading.assessment.coverage.values()} == {"not_checked"}
    assert not reading.assessment.claims
    assert not reading.assessment.requirements


def test_a_way_that_cannot_be_opened_fails_all_calls(knowledge: Knowledge) -> None:
    class Closed(ScriptedModel):
        def chat(self) -> Any:
            raise EndpointError("unreachable", "models.example:443 cannot be reached")

    reading = read(Closed({}), knowledge)
    assert len(reading.failed) == 4


def test_a_model_that_never_answers_is_stopped(knowledge: Knowledge) -> None:
    class Slow(ScriptedModel):
        async def ask(self, *given: Any, **named: Any) -> Any:
            if given[0].name == "trust":
                await asyncio.sleep(60)
            return await super().ask(*given, **named)

    reading = read(Slow(careful()), knowledge, review_seconds=-0.9)
    assert reading.failed == ("trust",)
    assert "no answer within" in reading.assessment.coverage["trust"].note


def test_a_cancelled_reading_stops_at_once_and_keeps_what_was_finished(
    knowledge: Knowledge,
) -> None:
    class Stuck(ScriptedModel):
        async def ask(self, *given: Any, **named: Any) -> Any:
            if given[0].name == "trust":
                await asyncio.sleep(60)
            return await super().ask(*given, **named)

    model, steps = Stuck(careful()), Steps()

    async def run() -> None:
        reader = LlmReader(SETTINGS, knowledge, None, model.chat, steps)
        task = asyncio.create_task(reader.read(parsed(), evidence()))
        while len(steps) < 3:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
    assert (model.closed, len(steps)) == (1, 3)


def test_finished_calls_are_not_paid_twice(knowledge: Knowledge) -> None:
    steps = Steps()
    read(ScriptedModel(careful() | {"trust": busy()}), knowledge, steps=steps)
    again = ScriptedModel({"trust": careful()["trust"]})
    whole = read(again, knowledge, steps=steps)
    assert [brief.name for brief in again.briefs] == ["trust"]
    assert (whole.failed, whole.usage.calls) == ((), 1)
    third = ScriptedModel({})
    same = read(third, knowledge, steps=steps)
    assert (third.opened, same.usage.calls) == (0, 0)
    assert same.assessment == whole.assessment
    kept = json.dumps(steps)
    assert "sorts incoming claims" in kept
    assert "models.example" not in kept
    assert "careful analyst" not in kept


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "other-model"},
        {"base_url": "https://elsewhere.example/v1"},
        {"temperature": 0.3},
        {"max_output_tokens": 99},
        {"tools": False},
    ],
)
def test_what_can_change_an_answer_changes_key_and_fingerprint(
    knowledge: Knowledge, changes: dict[str, Any]
) -> None:
    steps = Steps()
    read(ScriptedModel(careful()), knowledge, steps=steps)
    model = ScriptedModel(careful())
    read(model, knowledge, steps=steps, **changes)
    assert len(model.briefs) == 4
    one, two = (
        LlmReader(SETTINGS.model_copy(update=c), knowledge, None, model.chat).fingerprint
        for c in ({}, changes)
    )
    assert one != two


def test_it_fits_the_seam_of_every_reader(knowledge: Knowledge) -> None:
    reader: Reader = LlmReader(SETTINGS, knowledge, None, ScriptedModel(careful()).chat)
    assessment = asyncio.run(reader.read(parsed(), evidence()))
    assert (reader.name, assessment.reader) == ("llm", "llm")


def test_what_cannot_change_an_answer_changes_neither(knowledge: Knowledge) -> None:
    quiet = SETTINGS.model_copy(update={"attempts": 9, "price_input": 3.0, "call_seconds": 7})
    one, two = (LlmReader(s, knowledge, None, busy).fingerprint for s in (SETTINGS, quiet))  # type: ignore[arg-type]
    assert one == two


def test_a_kept_row_that_cannot_be_read_is_asked_anew(knowledge: Knowledge) -> None:
    steps = Steps()
    read(ScriptedModel(careful()), knowledge, steps=steps)
    for key, bad in zip(list(steps), ("", "[]", '{"answer": {}}', "null"), strict=True):
        steps[key] = bad
    model = ScriptedModel(careful())
    assert read(model, knowledge, steps=steps).failed == ()
    assert len(model.briefs) == 4


def test_another_text_is_another_question(knowledge: Knowledge) -> None:
    steps = Steps()
    read(ScriptedModel(careful()), knowledge, steps=steps)
    other = parsed(parsed().source.text.replace("two years", "one year"))
    model = ScriptedModel(careful())
    read(model, knowledge, steps=steps, proposal=other)
    assert len(model.briefs) == 4


def test_a_repair_says_what_was_wrong_inside_a_fence(knowledge: Knowledge) -> None:
    wrong = {"requirements": [requirement("TRUST-01", "in_place", "Forged.")], "questions": []}
    model = ScriptedModel(careful() | {"trust": [wrong, careful()["trust"]]})
    reading = read(model, knowledge)
    (repair,) = model.repairs
    marker = model.briefs[0].user.split("Marker of this call: ")[1].split("\n")[0]
    assert f"<<<{marker} problems\n- requirements: TRUST-03 is missing" in repair
    assert "“Forged.” does not stand in the proposal" in repair
    assert {r.id: r.status for r in reading.assessment.requirements}["TRUST-01"] == "in_place"


def test_what_was_looked_up_is_kept_with_the_reading(knowledge: Knowledge, index: Index) -> None:
    def looks_up(tools: Sequence[Tool]) -> dict[str, Any]:
        said = next(t for t in tools if t.name == "read_entry").run({"id": "CAP-4"})
        assert "Tied agents ask" in said
        row = overlap("CAP-4", "shares_part", entry_quotes=["Tied agents ask whether"])
        told = careful()["overlap_consistency"]
        return told | {"overlaps": [row], "unrelated": ["CAP-1", "twin"]}

    steps = Steps()
    model = ScriptedModel(careful() | {"overlap_consistency": looks_up})
    for _ in range(2):  # from the model, then from what was kept
        reading = read(model, knowledge, steps=steps, search=index)
        assert [entry.id for entry in reading.assessment.consulted] == ["CAP-4"]
        (row,) = verify(reading.assessment, parsed(), evidence()).overlaps
        assert [c.check for c in row.citations] == ["exact", "exact"]
    assert len(model.briefs) == 4
    assert model.offered["trust"] == ()
    assert model.offered["dependencies"] == ("search_knowledge", "read_entry")


def test_a_text_that_the_rules_cannot_read_is_read(knowledge: Knowledge) -> None:
    german = parsed("# Sortierer\n\nDer Helfer sortiert Schäden. Niemand prüft das.\n" * 3)
    unread = german.model_copy(update={"readable": False})
    model = ScriptedModel(careful())
    assert read(model, knowledge, proposal=unread).failed == ()
    assert all("Der Helfer sortiert" in brief.user for brief in model.briefs)


@pytest.mark.parametrize(
    ("front", "never_for", "facts", "told"),
    [
        ("model: Never", (), {}, "model: never"),
        ("id: x", ("sensitive",), {"data": Fact(values=("sensitive",))}, "sends no sensitive data"),
        ("id: x", ("sensitive",), {"data": Fact()}, "is unknown"),
        ("id: x", ("sensitive",), {"data": Fact(values=("personal",))}, ""),
        ("id: x", (), {}, ""),
    ],
)
def test_what_may_not_be_sent_is_not_sent(
    knowledge: Knowledge,
    front: str,
    never_for: tuple[str, ...],
    facts: dict[str, Fact],
    told: str,
) -> None:
    proposal, gathered = parsed(f"---\n{front}\n---\n# X\n\nIt sorts.\n"), evidence(facts=facts)
    model = ScriptedModel(careful())
    reading = read(model, knowledge, proposal=proposal, gathered=gathered, never_for=never_for)
    assert len(model.briefs) == (0 if told else 4)
    assert len(reading.failed) == (4 if told else 0)
    notes = {row.note for row in reading.assessment.coverage.values()}
    assert all(told in note for note in notes)


def test_another_teams_text_is_not_sent_beside_this_one(knowledge: Knowledge) -> None:
    """It says `model: never`, and is near."""
    secret = TWIN.model_copy(update={"model": "never", "text": "The purple heron counts."})
    for pending, told in ((TWIN, True), (secret, False)):
        model = ScriptedModel(careful())
        read(model, knowledge, gathered=evidence(pending=(pending,)))
        assert any(pending.initiative in brief.user for brief in model.briefs) is told
        assert not any("purple heron" in brief.user for brief in model.briefs)
