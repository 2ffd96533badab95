"""The words for who is behind something alike, its last review, and how its facets compare."""

import pytest

from agent.draft.related import behind_words, likeness_words, review_words
from agent.schema.draft import Facet, OverlapRow
from agent.schema.evidence import LastReview


def row(**changes: object) -> OverlapRow:
    values: dict[str, object] = {"entry": "CAP-1", "kind": "capability", "relation": "duplicate"}
    return OverlapRow.model_validate(values | changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"owner": "Ada", "team": "Claims", "status": "production"}, "Ada, Claims; in production"),
        ({"status": "retired"}, "no owner named; RETIRED"),
        ({"team": "Claims"}, "Claims; life stage not stated"),
        ({"kind": "pending", "owner": "Ada"}, "Ada"),
        ({"kind": "pending"}, ""),
    ],
)
def test_who_is_behind_it(changes: dict[str, object], words: str) -> None:
    assert behind_words(row(**changes)) == words


@pytest.mark.parametrize(
    ("review", "words"),
    [
        (None, "none on record"),
        (LastReview(initiative="s", outcome="approve"), "s was approved; no condition is open"),
        (
            LastReview(
                initiative="s", version=2, outcome="approve_with_conditions", decided="2026-03-02",
                open_conditions=("Ask the council", "Test it"),
            ),
            "s, version 2, was approved with conditions on 2026-03-02; 2 conditions are open:"
            " Ask the council; Test it",
        ),
    ],
)  # fmt: skip
def test_the_last_review(review: LastReview | None, words: str) -> None:
    assert review_words(review) == words


def test_facets_are_grouped_by_likeness() -> None:
    facets = {
        "purpose": Facet(value="same"), "users": Facet(value="unknown"),
        "data": Facet(value="different"), "outputs": Facet(value="same"),
    }  # fmt: skip
    words = likeness_words(row(facets=facets))
    assert words == "the same: purpose, outputs; different: data; not known: users"
