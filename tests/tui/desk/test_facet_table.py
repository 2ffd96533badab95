"""The facet table of the desk: both sides beside each other, numbered as their proofs."""

from rich.cells import cell_len

from agent.schema.draft import Facet, OverlapRow
from agent.schema.proposal import Citation
from tests.support.hostile import HOSTILE
from tests.support.sheets import quote
from tui.desk.items import overlap_proofs
from tui.desk.panes.facet_table import facet_table

OWN, THEIRS = quote("It sorts claims by urgency.", 20), quote("Sorts post.", 4, "CAP-1")
FIELD = quote("data: [personal]", 7, "CAP-1")
FACETS = {
    "purpose": Facet(value="same", own=OWN, theirs=THEIRS),
    "data": Facet(value="unknown", theirs=FIELD),
    "outputs": Facet(value="different", own=OWN, theirs=quote("never", 0, "CAP-1", "bad")),
}


def row(**facets: Facet) -> OverlapRow:
    return OverlapRow(
        entry="CAP-1", kind="capability", relation="duplicate", citations=(OWN, THEIRS),
        facets=facets or FACETS,
    )  # fmt: skip


def lines(given: OverlapRow, width: int, at: int = -1) -> list[str]:
    return [line.plain for line in facet_table(given, width, at)]


def test_both_sides_stand_beside_each_other_with_the_number_of_their_proof() -> None:
    assert overlap_proofs(row()) == (OWN, THEIRS, FIELD, FACETS["outputs"].theirs)
    head, purpose, data, outputs, *_ = lines(row(), 100)
    assert head.split() == ["this", "proposal", "CAP-1"]
    assert "= same" in purpose
    assert purpose.index("1 It sorts claims") == head.index("this proposal")
    assert purpose.index("2 Sorts post.") == head.index("CAP-1")
    assert "(does not say)" in data
    assert "3 data: [personal]" in data
    assert "1 (see above)" in outputs
    assert "4 BAD: never" in outputs


def test_the_proof_that_is_looked_at_is_marked() -> None:
    assert "2 Sorts post." in lines(row(), 100)[1]
    assert ">2 Sorts post." in lines(row(), 100, at=1)[1]


def test_in_a_narrow_pane_they_stand_below_each_other() -> None:
    told = lines(row(), 50)
    assert told[1:3] == ["  own    1 It sorts claims by urgency.", "  theirs 2 Sorts post."]


def test_no_line_is_wider_than_the_pane_whatever_is_quoted() -> None:
    long = Citation(source="CAP-1", quote="word " * 200, claimed="word " * 200, check="exact")
    hostile = quote(" ".join(HOSTILE), 9)
    for width in (24, 40, 58, 60, 76, 120):
        told = lines(row(users=Facet(value="similar", own=hostile, theirs=long)), width)
        assert max(map(cell_len, told)) <= width, width
        assert not any(ord(c) < 32 or c in "\u202e\x9b" for line in told for c in line)


def test_facets_without_words_are_named_alone() -> None:
    assert [line.split() for line in lines(row(users=Facet(value="similar")), 76)] == [
        ["users", "~", "similar"]
    ]
