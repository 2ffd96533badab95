"""Many twins are one finding, whoever found them and whatever a person corrects."""

import pytest

from agent.draft.identity import finding_id
from agent.schema.assessment import Assessment, FacetReading, OverlapReading, Quote
from agent.schema.draft import Draft
from agent.schema.evidence import Candidate, Evidence, Pending
from tests.support.evidence import SORTS, claim, draft_of, evidence, override, own, rules

TEXT = "Claims are sorted by a machine."


def waiting(name: str, day: str) -> Pending:
    return Pending(
        initiative=name, title=f"Sorter {name}", sha256=name, path=f"{name}.md", text=TEXT,
        team=f"Team {name}", owner=f"Owner {name}", submitted=day,
    )  # fmt: skip


def among(*names: str) -> Evidence:
    """The hand-made evidence with these proposals waiting, the last one handed in first."""
    days = [f"2026-03-{20 - n:02}" for n, _ in enumerate(names)]
    known = evidence()
    candidates = tuple(
        Candidate(entry=n, kind="pending", score=3, dense=0.9, lexical=0.5, rank=1) for n in names
    )
    return known.model_copy(
        update={
            "pending": tuple(waiting(n, d) for n, d in zip(names, days, strict=True)),
            "candidates": (*known.candidates, *candidates),
        }
    )


def reading(*names: str, claims: int = 3) -> Assessment:
    rows = tuple(
        OverlapReading(
            entry=name,
            kind="pending",
            relation="duplicate",
            probability=0.9 - n / 100,
            facets={"data": FacetReading(value="different" if n else "same")},
            quotes=(own(SORTS), Quote(source=name, text=TEXT)),
        )
        for n, name in enumerate(names)
    )
    found = [
        claim("overlap.twin", subject=row.entry, dimension="overlap", quotes=row.quotes,
              title=f"Does the same as Sorter {row.entry}")
        for row in rows[:claims]
    ]  # fmt: skip
    return rules(overlaps=rows, claims=tuple(found))


def twins_in(draft: Draft) -> list[str | None]:
    return [f.subject for f in draft.findings if f.rule == "overlap.twin"]


def test_one_twin_keeps_its_own_finding() -> None:
    draft = draft_of(reading("north"), gathered=among("north"))
    assert twins_in(draft) == ["north"]
    assert draft.outcome == "merge_with_existing"


def test_several_are_one_finding_with_members_people_differences_and_counts() -> None:
    names = ("north", "south", "east", "west", "center", "coast", "hills")
    draft = draft_of(reading(*names), gathered=among(*names))
    assert twins_in(draft) == [None]
    (joint,) = (f for f in draft.findings if f.rule == "overlap.twin")
    assert joint.id == finding_id("helper", "overlap.twin", None)
    assert joint.title == "8 pending proposals, this one among them, are to do the same"
    for told in ("north “Sorter north” of Team north, owner Owner north", "90%", "and 2 more",
                 "coast, hills", "data (south, east, west, center, coast and 1 more)"):  # fmt: skip
        assert told in joint.claim
    assert "Talk to Owner hills first (hills, handed in on 2026-03-14)" in joint.ask
    assert {c.source for c in joint.citations} >= {"proposal", "north"}
    assert {row.entry for row in draft.overlaps if row.kind == "pending"} == set(names)
    (reason,) = (r for r in draft.outcome_because if r.startswith("overlap.twin"))
    assert reason.endswith("and 4 more")


def test_a_person_takes_members_out_until_one_is_left() -> None:
    names = ("north", "south", "east")
    gone = override("overlap", "north", "unrelated")
    draft = draft_of(reading(*names), gathered=among(*names), overrides=(gone,))
    (joint,) = (f for f in draft.findings if f.rule == "overlap.twin")
    assert joint.subject is None
    assert "3 pending proposals" in joint.title
    assert "north" not in joint.claim
    more = (gone, override("overlap", "east", "unrelated"))
    assert twins_in(draft_of(reading(*names), gathered=among(*names), overrides=more)) == ["south"]


def test_a_person_adds_a_member() -> None:
    known = reading("north").model_copy(
        update={
            "overlaps": (
                *reading("north").overlaps,
                reading("south").overlaps[0].model_copy(update={"relation": "shares_part"}),
            )
        }
    )
    added = override("overlap", "south", "duplicate", "the same tender")
    draft = draft_of(known, gathered=among("north", "south"), overrides=(added,))
    assert twins_in(draft) == [None]


@pytest.mark.parametrize("order", [("north", "south", "east"), ("east", "south", "north")])
def test_a_finding_without_subject_is_the_same_whoever_joins(order: tuple[str, ...]) -> None:
    ids = {
        f.id
        for names in (order, order[:2])
        for f in draft_of(reading(*names), gathered=among(*names)).findings
        if f.rule == "overlap.twin"
    }
    assert len(ids) == 1
