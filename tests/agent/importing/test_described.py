"""Documents about things: one entry for the file or for each heading, and their fields."""

from agent.importing.described import plan_described
from agent.importing.planned import Plan
from knowledge.importing.blocks import Block, Document


def described(*blocks: Block, per: str | None = None, kind: str = "capability") -> Plan:
    document = Document("a.md", "s", blocks, (), (("owner", "Bo"),))
    return plan_described(document, kind, per)  # type: ignore[arg-type]


CATALOGUE = (
    Block("heading", "Our systems", 1),
    Block("text", "All of them."),
    Block("heading", "Letter sorter", 2, ((0, 3),)),
    Block("text", "Owner: Ada Example"),
    Block("text", "Data: personal, business"),
    Block("text", "Colour: blue"),
    Block("text", "Status: somewhere between"),
    Block("heading", "How it works", 3),
    Block("item", "reads", 1),
    Block("item", "sorts", 1),
    Block("heading", "Empty", 2),
    Block("heading", "Call notes", 2),
    Block("text", "Writes notes."),
)


def test_each_heading_of_a_catalogue_is_an_entry() -> None:
    plan = described(*CATALOGUE)
    first, second = plan.entries
    assert plan.notes == ("one entry for each of 2 headings; --per file makes one of the file",)
    assert first.values == {
        "title": "Letter sorter",
        "owner": "Ada Example",
        "data": ["personal", "business"],
    }
    assert first.body == (
        "# Letter sorter\n\nColour: blue\n\nStatus: somewhere between\n\n#### How it works\n\n"
        "- reads\n- sorts"
    )
    assert (first.origin.page, first.origin.section) == ("3", "Our systems › Letter sorter")
    assert (first.origin.quote, second.origin.quote) == ("Colour: blue", "Writes notes.")


def test_a_file_may_be_one_entry_all_the_same() -> None:
    (entry,) = described(*CATALOGUE, per="file").entries
    assert entry.values["title"] == "Our systems"
    assert entry.values["owner"] == "Bo"


def test_headings_that_are_parts_of_one_thing_make_one_entry() -> None:
    parts = ("1. Purpose", "2. Users and data", "3. Anything else")
    blocks = [Block("heading", "Sorter", 1)]
    for part in parts:
        blocks += [Block("heading", part, 2), Block("text", "Some words.")]
    assert [entry.values["title"] for entry in described(*blocks).entries] == ["Sorter"]


def test_the_stage_of_a_draft_and_the_measure_of_a_goal() -> None:
    (entry,) = described(Block("heading", "X", 1), Block("text", "Status: live")).entries
    assert entry.values["stage"] == "production"
    lines = (Block("heading", "X", 1), Block("text", "KPI: letters a day"))
    (goal,) = described(*lines, kind="goal").entries
    assert goal.values["measure"] == "letters a day"
