"""Drafts as JSON: what an older Concord wrote is read, and written back as it was."""

import json

from agent.schema.assessment import OverlapReading
from agent.schema.base import digest
from agent.schema.draft import Draft, Facet, OverlapRow
from agent.schema.evidence import LastReview
from agent.schema.proposal import Citation
from tests.support.sheets import draft

OLDER_ROW = {
    "entry": "CAP-1",
    "kind": "capability",
    "relation": "duplicate",
    "probability": 0.8,
    "facets": {"purpose": "same", "users": "unknown"},
    "missing": ["users: partners"],
    "disposition": "extend",
    "citations": [],
}


def older_draft() -> dict[str, object]:
    """A draft as it was written before facets had quotes."""
    made: dict[str, object] = json.loads(draft().model_dump_json(by_alias=True))
    return made | {"overlaps": [OLDER_ROW]}


def test_an_older_draft_is_read_and_keeps_its_digest_and_its_json() -> None:
    older = older_draft()
    read = Draft.model_validate_json(json.dumps(older))
    assert read.overlaps[0].facets["purpose"].value == "same"
    assert (read.overlaps[0].reason, read.overlaps[0].last_review) == ("", None)
    assert digest(read) == digest(older)
    assert json.loads(read.model_dump_json(by_alias=True)) == older
    copied = read.model_copy(update={"summary": read.summary})
    assert digest(copied) == digest(older)


def test_a_new_row_holds_every_field_and_comes_back_the_same() -> None:
    words = Citation(source="CAP-1", quote="Sorts.", claimed="Sorts.", check="exact")
    review = LastReview(initiative="sorter", version=2, outcome="approve", decided="2026-03-02")
    row = OverlapRow(
        entry="CAP-1", kind="capability", relation="extends", reason="It adds users.",
        facets={"outputs": Facet(value="same", theirs=words)}, last_review=review,
    )  # fmt: skip
    kept = json.loads(row.model_dump_json())
    assert set(kept) == set(OverlapRow.model_fields)
    assert kept["facets"]["outputs"]["own"] is None
    assert kept["facets"]["outputs"]["theirs"]["quote"] == "Sorts."
    assert OverlapRow.model_validate_json(row.model_dump_json()) == row


def test_quotes_are_never_left_out_of_a_row_without_a_reason() -> None:
    words = Citation(source="proposal", quote="Sorts.", claimed="Sorts.", check="exact")
    facets = {"purpose": Facet(value="same", own=words)}
    row = OverlapRow(entry="CAP-1", kind="capability", relation="extends", facets=facets)
    assert OverlapRow.model_validate_json(row.model_dump_json()) == row


def test_an_older_reading_with_plain_facets_is_read() -> None:
    read = OverlapReading.model_validate(
        {"entry": "A", "kind": "pending", "relation": "extends", "facets": {"data": "similar"}}
    )
    assert (read.facets["data"].value, read.facets["data"].own) == ("similar", None)
