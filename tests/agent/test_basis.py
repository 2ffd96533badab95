"""A draft that a model helped to make: kept, corrected, re-run without asking the model again."""

import asyncio
from dataclasses import replace

import pytest

from agent import batch
from agent.batch import Reviewed
from agent.deciding import Opened, open_sheet
from agent.errors import RecordError
from agent.record.audit import verify
from agent.record.recall import show
from agent.schema.assessment import Assessment, Covered, Quote
from agent.schema.decision import Override, Steps
from agent.schema.draft import ConfirmedEvidence
from agent.schema.reading import Reading
from agent.settings import Settings
from agent.wiring import check_of, open_knowledge, open_record
from tests.support.evidence import claim, model, override, own
from tests.support.fixed_reader import FixedReader
from tests.support.office import LETTERS, NOW, propose, review_in, work
from tui.desk.sources import source_text

PERSONAL = override("fact", "data", "personal", "letters name their senders")
MISSED = claim("value.alternative", severity="low", quotes=(own("reads each incoming letter"),))
UNREAD = Covered(state="not_checked", note="the model did not read this: no answer within 120 s")


def reading(**parts: object) -> Assessment:
    return model(**({"claims": (MISSED,)} | parts))


def drafted(office: Settings, reader: FixedReader) -> Reviewed:
    """`concord review` on one proposal, with the rules and this reader."""
    file = propose(office, "letters", LETTERS)

    async def run() -> Reviewed:
        with open_record(office) as store:
            plain = review_in(office)
            review = replace(plain, readers=(*plain.readers, reader), steps=store)
            submitted = batch.submit([file], store, root=office.root, actor="ana")
            rows = batch.draft_all(submitted, review, store, actor="ana", now=lambda: NOW)
            return await anext(rows)

    return asyncio.run(run())


def opened(office: Settings, *overrides: Override, by: str = "ben") -> Opened:
    """The sheet, by the rules alone: nobody may need a model to decide."""
    with open_record(office) as store:
        review = check_of(open_knowledge(office), office)
        more = Steps(overrides=overrides)
        return asyncio.run(open_sheet("letters", store, review, more=more, by=by, on="2027-01-02"))


def rules_of(view: Opened) -> set[str]:
    return {f.rule for f in view.sheet.effective.findings}


def test_the_reading_is_kept_with_the_draft_and_named_in_it(office: Settings) -> None:
    reader = FixedReader(reading())
    draft = drafted(office, reader).draft
    assert draft is not None
    assert (draft.provenance.model, draft.provenance.prompts) == ("fixed-1", "p1")
    assert "value.alternative" in {f.rule for f in draft.findings}
    assert set(draft.outcome_by_reader) == {"rules", "llm"}
    with open_record(office) as store:
        kept = store.readings(draft.id)
        assert kept is not None
        assert Reading.model_validate_json(kept).assessment == reader.assessment
        assert verify(store).problems == ()


def test_a_correction_keeps_what_the_model_found_and_asks_nobody(office: Settings) -> None:
    reader = FixedReader(reading())
    drafted(office, reader)
    plain, corrected = opened(office), opened(office, PERSONAL)
    assert plain.sheet.effective == plain.sheet.draft
    assert "TRUST-03" in rules_of(corrected) - rules_of(plain), "the rules ran again"
    assert "value.alternative" in rules_of(corrected)
    assert corrected.sheet.effective.id == plain.sheet.draft.id
    assert corrected.sheet.effective.provenance == plain.sheet.draft.provenance.model_copy(
        update={"sources": corrected.sheet.effective.provenance.sources}
    )
    assert reader.asked == 1


def test_a_whole_reading_is_unchanged_and_a_failed_one_is_tried_again(office: Settings) -> None:
    failing = FixedReader(reading(claims=(), coverage={"trust": UNREAD}), ["trust", "overlap"])
    first = drafted(office, failing)
    again = drafted(office, failing)
    assert (first.state, again.state, failing.asked) == ("new", "unchanged", 2)
    less = FixedReader(reading(claims=()), ["trust", "overlap", "alignment"])
    assert drafted(office, less).draft == first.draft, "a worse reading replaces nothing"
    better = FixedReader(reading(), ["overlap"])
    assert drafted(office, better).state == "new"
    whole = FixedReader(reading())
    done = drafted(office, whole)
    assert done.state == "new"
    assert (drafted(office, whole).state, whole.asked) == ("unchanged", 1)
    with open_record(office) as store:
        assert store.current("letters") == done.draft
        assert len([e for e in store.history("letters") if e.entry.kind == "drafted"]) == 3


def test_the_draft_says_what_the_model_did_not_do(office: Settings) -> None:
    draft = drafted(office, FixedReader(reading(coverage={"trust": UNREAD}), ["trust"])).draft
    assert draft is not None
    assert draft.coverage["trust"].state == "checked", "the rules did"
    assert draft.coverage["trust"].note.endswith(f"; {UNREAD.note}")
    corrected = opened(office, PERSONAL).sheet.effective
    assert corrected.coverage["trust"].note.endswith(UNREAD.note)


def test_another_model_is_another_draft_and_the_rules_alone_too(office: Settings) -> None:
    one = drafted(office, FixedReader(reading())).draft
    other = FixedReader(reading())
    other.fingerprint = "other"
    two = drafted(office, other).draft
    alone = work(office, office.proposals / "letters.md")[0].draft
    assert one is not None
    assert two is not None
    assert alone is not None
    assert len({one.id, two.id, alone.id}) == 3
    assert alone.provenance.model is None
    assert "value.alternative" not in rules_of(opened(office, PERSONAL)), "the draft is the rules'"


def test_without_its_reading_a_draft_is_shown_but_not_re_run(office: Settings) -> None:
    drafted(office, FixedReader(reading()))
    with open_record(office) as store:
        contents = show(store, "letters").contents
        sha = next(s for s, what in contents.items() if what.startswith("what the model read"))
        store.redact(sha, "Names a person", "dpo")
    assert "value.alternative" in rules_of(opened(office))
    with pytest.raises(RecordError, match=r"what the model read for draft .* is no longer kept"):
        opened(office, PERSONAL)


def test_what_the_model_looked_up_can_be_cited_but_is_nothing_that_the_rules_read(
    office: Settings,
) -> None:
    archive = open_knowledge(office).entries["AST-1"]
    both = (own("reads each incoming letter"), Quote(source="AST-1", text="Letter archive"))
    cites = claim("dependency.unregistered", subject="archive", severity="low", quotes=both)
    reader = FixedReader(reading(claims=(cites,), consulted=(archive,)))
    draft = drafted(office, reader).draft
    assert draft is not None
    assert "AST-1" not in {e.id for e in reader.saw[0].entries()}
    found = next(f for f in draft.findings if f.rule == "dependency.unregistered")
    assert [(c.source, c.check) for c in found.citations] == [
        ("proposal", "exact"),
        ("AST-1", "exact"),
    ]
    assert draft.provenance.sources["AST-1"].title == "Letter archive"
    with open_record(office) as store:
        assert "Letter archive" in store.texts(draft.id)["AST-1"]
        kept = store.evidence(draft.id)
        assert kept is not None
        assert "Letter archive" not in kept
    view = opened(office, PERSONAL)
    assert source_text(view, "AST-1").title == "Letter archive"
    again = next(f for f in view.sheet.effective.findings if f.id == found.id)
    assert again == found


def test_a_confirmation_is_signed_by_whoever_put_it_on_record(office: Settings) -> None:
    """Not by who looks at the sheet or decides later; another word on it is theirs, though."""
    seen = override("requirement", "TRUST-03", "in_place", "I have seen it", seen=True)
    drafted(office, FixedReader(reading()))
    assert signer(opened(office, PERSONAL, seen)) == ("ben", "2027-01-02"), "not on record yet"
    with open_record(office) as store:
        store.take("letters", Steps(overrides=(PERSONAL, seen)), "ana")
        day = store.history("letters")[-1].entry.at[:10]
    assert signer(opened(office)) == signer(opened(office, seen)) == ("ana", day)
    other = override("requirement", "TRUST-03", "in_place", "I saw it, too", seen=True)
    assert signer(opened(office, other)) == ("ben", "2027-01-02")
    with open_record(office) as store:
        store.undo("letters", "ana")
        store.redo("letters", "ana")
        assert verify(store).ok
    assert signer(opened(office)) == ("ana", day)
    with open_record(office) as store:
        store.take("letters", Steps(overrides=(other,)), "eve")
    assert signer(opened(office, by=""))[0] == "eve"


def signer(view: Opened) -> tuple[str, str]:
    rows = {r.id: r for r in view.sheet.effective.requirements}
    level = rows["TRUST-03"].evidence
    assert isinstance(level, ConfirmedEvidence)
    return level.confirmed.by, level.confirmed.date
