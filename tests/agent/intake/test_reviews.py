"""Which decision was the last one on something that exists."""

import pytest

from agent.intake.reviews import last_reviews, with_end
from agent.schema.evidence import LastReview
from knowledge.entries import Capability, Precedent, Source

SOURCE = Source(path="k/c.md", sha256="a" * 64, line=1, text="Sorts claims.")
SORTER = Capability(id="CAP-1", title="Claims sorter", source=SOURCE)


def past(name: str, decided: str, **more: object) -> Precedent:
    values: dict[str, object] = {"title": "Something else", "outcome": "approve", "version": 1}
    return Precedent.model_validate(
        {"id": name, "decided": decided, "source": SOURCE, **values, **more}
    )


@pytest.mark.parametrize(
    ("capability", "more"),
    [
        (SORTER.model_copy(update={"initiative": "a"}), {}),
        (SORTER, {"id": "CAP-1"}),
        (SORTER, {"title": "claims  Sorter"}),
        (SORTER, {"merge_into": "CAP-1", "outcome": "merge_with_existing"}),
        (SORTER, {"reuses": ("CAP-1",)}),
    ],
)
def test_an_entry_is_linked_by_what_it_names_by_id_title_merging_and_reuse(
    capability: Capability, more: dict[str, object]
) -> None:
    reviewed = past("a", "2026-03-02", open_conditions=("Ask the council.",), **more)
    other = past("z", "2026-09-01")
    (found,) = last_reviews([capability], [reviewed, other]).values()
    assert found == LastReview(
        initiative=reviewed.id, version=1, outcome=reviewed.outcome, decided="2026-03-02",
        open_conditions=("Ask the council.",),
    )  # fmt: skip


def test_the_latest_counts_and_its_own_before_one_that_built_on_it() -> None:
    own = past("a", "2026-01-01", title=SORTER.title)
    later = past("b", "2026-02-01", merge_into="CAP-1", outcome="merge_with_existing")
    built = past("c", "2026-03-01", reuses=("CAP-1",))
    assert last_reviews([SORTER], [built, later, own])["CAP-1"].initiative == "b"


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"reuses": ("CAP-1",), "outcome": "reject"},
        {"title": SORTER.title, "outcome": "merge_with_existing", "merge_into": "CAP-2"},
    ],
)
def test_what_was_decided_of_something_else_is_no_review_of_it(more: dict[str, object]) -> None:
    assert last_reviews([SORTER], [past("a", "2026-03-02", **more)]) == {}


def test_an_entry_that_names_its_initiative_is_not_linked_by_title() -> None:
    named = SORTER.model_copy(update={"initiative": "b"})
    assert last_reviews([named], [past("a", "2026-03-02", title=SORTER.title)]) == {}


def test_a_near_decided_initiative_was_reviewed_itself() -> None:
    found = last_reviews([], [past("a", "2026-03-02"), past("b", "")], {"a"})
    assert [(k, v.initiative) for k, v in found.items()] == [("a", "a")]


def test_what_came_of_a_decided_initiative_may_be_retired_by_now() -> None:
    gone = SORTER.model_copy(update={"status": "retired"})
    own = past("a", "2026-03-02", title=SORTER.title)
    merged = past("b", "2026-03-02", outcome="merge_with_existing", merge_into="CAP-1")
    assert [with_end(p, [gone]).ended for p in (own, merged)] == ["CAP-1", "CAP-1"]
    live = SORTER.model_copy(update={"id": "CAP-2"})
    assert with_end(own, [gone, live]) == own  # another entry runs on
    assert with_end(own, [SORTER]) == own
    rejected = past("c", "2026-03-02", title=SORTER.title, outcome="reject")
    assert with_end(rejected, [gone]) == rejected
