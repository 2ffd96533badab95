"""All pairs of what waits, once each; the two drafts and the command say the same of a pair."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from agent.others import Others
from agent.schema.draft import Draft, OverlapRow
from agent.schema.evidence import Pending
from agent.schema.twins import Twins
from agent.settings import Settings
from agent.twins import find_twins
from agent.waiting import known
from agent.wiring import open_record
from knowledge.embed import load_embedder
from tests.support.office import LETTERS, TWIN, WEATHER, propose, review_in, work

SORTING = "Reads scanned letters of customers and suggests the department that answers {n}."
CREWS = "A forecast tells how many repair crews a coming storm in region {n} will need."

Embed = Callable[[Sequence[str]], NDArray[np.float32]]


@pytest.fixture(scope="module")
def embed() -> Embed:
    return load_embedder().embed


def waiting(name: str, text: str, day: str = "", **changes: object) -> Pending:
    values: dict[str, object] = {
        "initiative": name,
        "title": name.replace("-", " ").title(),
        "sha256": name,
        "path": f"proposals/{name}.md",
        "text": text,
        "purpose": text,
        "submitted": day,
    }
    return Pending.model_validate(values | changes)


SORTERS = tuple(
    waiting(f"sorter-{n}", SORTING.format(n=n), f"2026-03-{20 - n:02}", owner=f"Owner {n}",
            team="Post", facts={"data": ("personal",) if n else ("business",)})
    for n in range(5)
)  # fmt: skip
STORM = waiting("storm", CREWS.format(n=1), "2026-01-02", team="Roofs")


def found(embed: Embed, *pending: Pending, least: float = 0.2) -> Twins:
    return find_twins([known(p) for p in pending], embed, least=least)


def test_a_cluster_is_told_once_with_centre_differences_and_whoever_was_first(
    embed: Embed,
) -> None:
    twins = found(embed, *SORTERS, STORM)
    assert twins.proposals == 6
    assert [(p.a, p.b) for p in twins.pairs] == sorted({(p.a, p.b) for p in twins.pairs}, key=[
        (p.a, p.b) for p in twins.pairs].index)  # fmt: skip
    assert len(twins.pairs) == 10
    (cluster,) = twins.clusters
    assert cluster.members == tuple(f"sorter-{n}" for n in (4, 3, 2, 1, 0))  # by the day
    assert (cluster.pairs, cluster.name in cluster.members) == (10, True)
    others = tuple(f"sorter-{n}" for n in (4, 3, 2, 1))
    assert cluster.differs == {"data": {"business": ("sorter-0",), "personal": others}}
    assert cluster.talk.endswith(
        "should talk to Owner 4 (Post) of sorter-4 (handed in first, on 2026-03-16)."
    )
    assert "storm" not in twins.sides


def test_the_order_of_what_is_given_changes_nothing(embed: Embed) -> None:
    given = (*SORTERS, STORM)
    assert found(embed, *given) == found(embed, *reversed(given))


def test_the_earlier_one_stands_first_in_a_pair(embed: Embed) -> None:
    late, early = SORTERS[0], SORTERS[1]
    (pair,) = found(embed, late, early).pairs
    assert (pair.a, pair.b) == ("sorter-1", "sorter-0")
    assert pair.talk.startswith("Owner 0 (Post) of sorter-0 should talk to Owner 1 (Post)")
    data = pair.facets["data"]
    assert (data.value, data.a, data.b) == ("similar", ("personal",), ("business",))


def test_least_leaves_out_what_is_less_likely_but_not_declared_reuse(embed: Embed) -> None:
    loose = found(embed, *SORTERS[:2], STORM, least=0.01)
    strict = found(embed, *SORTERS[:2], STORM, least=0.99)
    assert len(loose.pairs) >= len(strict.pairs) == 1
    builds = waiting("builds", CREWS.format(n=2), reuses=("sorter-0", "unknown", "builds"))
    (pair,) = found(embed, SORTERS[0], builds).pairs
    assert (pair.relation, pair.b) == ("extends", "builds")


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_is_the_twin_of_nobody(embed: Embed, count: int) -> None:
    twins = found(embed, *SORTERS[:count])
    assert (twins.proposals, twins.pairs, twins.clusters) == (count, (), ())


def test_both_drafts_and_the_command_say_the_same_of_a_pair(office: Settings, embed: Embed) -> None:
    propose(office, "letters", LETTERS)
    propose(office, "mail", TWIN.replace("data: business", "data: personal"))
    propose(office, "weather", WEATHER)
    drafts = {row.initiative: row.draft for row in work(office)}
    there, back = _row(drafts["letters"], "mail"), _row(drafts["mail"], "letters")
    with open_record(office) as store:
        on_record = Others(store, {}, review_in(office).rules).pending()
    (pair,) = find_twins([known(p) for p in on_record], embed).pairs
    assert {pair.a, pair.b} == {"letters", "mail"}
    for row in (there, back):
        assert (row.relation, row.probability) == (pair.relation, pair.probability)
        for name, facet in pair.facets.items():
            assert row.facets[name].value == facet.value


def _row(draft: Draft | None, entry: str) -> OverlapRow:
    assert draft is not None
    (row,) = (row for row in draft.overlaps if row.entry == entry)
    return row


def test_a_team_that_handed_in_all_is_not_told_to_talk_to_itself(embed: Embed) -> None:
    mine = [w.model_copy(update={"owner": "", "team": "Post"}) for w in SORTERS[:3]]
    (cluster,) = found(embed, *mine).clusters
    assert cluster.talk == (
        "Post stands behind all of them: sorter-2 (handed in first, on 2026-03-18), sorter-1,"
        " sorter-0. Which one goes on?"
    )
