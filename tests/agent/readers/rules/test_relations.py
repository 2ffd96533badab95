"""From a chance and facets to a relation; a chance is shown only where it was fitted."""

import pytest

from agent.readers.rules.relations import (
    DUPLICATE,
    Standing,
    purpose_of,
    relation_of,
    shown_chance,
    with_facets,
)
from agent.readers.rules.reuse import Said
from agent.schema.assessment import Quote
from agent.schema.evidence import Candidate
from knowledge.vocabulary import Likeness

NOBODY = Said()
WORDS = (Quote(source="proposal", text="We take its results."),)
PROFILE: dict[str, Likeness] = {
    "users": "same", "affected": "same", "data": "same", "automation": "same", "domain": "same",
}  # fmt: skip
NEAREST = Candidate(
    entry="C", kind="capability", score=5, dense=0.5, lexical=0.2, rank=1, duplicate=0.8
)
SISTER = Standing(near=0.8, their_name=0.3, own_name=0.2)


def test_the_same_results_count_only_with_the_whole_profile() -> None:
    """Most systems of one office sort, score or write something."""
    alone = with_facets(0.2, {"outputs": "same"}, NOBODY)
    other_trade = with_facets(0.2, PROFILE | {"outputs": "same", "domain": "different"}, NOBODY)
    assert other_trade < alone == pytest.approx(0.2)
    assert with_facets(0.2, PROFILE | {"outputs": "same"}, NOBODY) > DUPLICATE
    assert with_facets(0.2, PROFILE | {"outputs": "different"}, NOBODY) < 0.3


def test_facets_never_make_a_certainty() -> None:
    assert with_facets(1.0, PROFILE | {"outputs": "same"}, NOBODY) < 1
    assert with_facets(0.0, {"domain": "different"}, NOBODY) > 0


def test_sister_products_are_an_extension_at_most() -> None:
    """Near in every word but what they are called: the same kind of job on something else."""
    assert relation_of(0.8, {}, NOBODY, at=SISTER) == "extends"
    assert purpose_of(0.8, SISTER) == "similar"
    named = SISTER._replace(their_name=0.5)
    assert relation_of(0.8, {}, NOBODY, at=named) == "duplicate"
    assert relation_of(0.8, {}, NOBODY, at=SISTER._replace(own_name=0.9)) == "duplicate"
    assert relation_of(0.8, {}, NOBODY, at=Standing(near=0.8, sisters=True)) == "extends"


def test_behind_a_nearer_one_only_what_is_plainly_named_is_the_same() -> None:
    behind = Standing(near=0.7, best=False, their_name=0.5)
    assert relation_of(0.7, {}, NOBODY, at=behind) == "shares_part"
    assert relation_of(0.7, {}, NOBODY, at=behind._replace(their_name=0.8)) == "duplicate"
    assert relation_of(0.7, {}, NOBODY, at=behind._replace(best=True)) == "duplicate"


@pytest.mark.parametrize("facet", ["users", "domain"])
def test_the_same_job_on_new_ground_is_an_extension(facet: str) -> None:
    assert relation_of(0.7, {facet: "different"}, NOBODY) == "extends"


def test_like_results_in_one_trade_are_a_piece_in_common() -> None:
    alike: dict[str, Likeness] = {"outputs": "similar", "domain": "same"}
    assert relation_of(0.2, alike, NOBODY, at=Standing(near=0.15)) == "shares_part"
    assert relation_of(0.2, alike, NOBODY, at=Standing(near=0.05)) == "unrelated"
    assert relation_of(0.2, alike | {"domain": "different"}, NOBODY, at=Standing(near=0.15)) == (
        "unrelated"
    )


def test_an_input_is_a_part_unless_the_results_are_the_same() -> None:
    assert relation_of(0.9, {"outputs": "similar"}, Said(uses=WORDS)) == "shares_part"
    assert relation_of(0.9, {"outputs": "same"}, Said(uses=WORDS)) == "duplicate"


def test_a_chance_is_shown_only_where_it_decides() -> None:
    best = Standing(near=0.8)
    assert shown_chance(NEAREST, "duplicate", {}, NOBODY, best) == 0.8
    for relation, facets, said, at in (
        ("extends", {"users": "different"}, Said(declared=True), best),
        ("shares_part", {}, Said(uses=WORDS), best),
        ("unrelated", {}, NOBODY, best),
        ("extends", {}, NOBODY, SISTER),
        ("duplicate", {}, NOBODY, best._replace(best=False)),
    ):
        assert shown_chance(NEAREST, relation, facets, said, at) is None  # type: ignore[arg-type]
