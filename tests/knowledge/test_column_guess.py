"""A guess is right where the columns leave no doubt, and says so where they do."""

import pytest

from knowledge.column_guess import SURE, guess
from knowledge.columns import Mapping, bind
from tests.support.register_headers import HEADERS, US_2025_FOUR


def fields(mapping: Mapping, headers: list[str]) -> dict[str, list[str]]:
    bound = bind(mapping, headers)
    return {field: [part.header for part in parts] for field, parts in bound.fields.items()}


@pytest.mark.parametrize(
    ("name", "headers"), [(name, headers) for name, some in HEADERS.items() for headers in some]
)
def test_a_known_register_is_recognised_by_its_header(name: str, headers: list[str]) -> None:
    found = guess(headers, [], "capabilities")
    assert found.name == name
    assert SURE <= found.confidence < 1


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (US_2025_FOUR, {"id": 0, "title": 1, "body": 2, "status": 3}),
        (["Ref", "Use case", "Business owner", "Summary"], {"id": 0, "title": 1, "body": 3}),
        (["NAME", "purpose", "Lifecycle stage"], {"title": 0, "body": 1, "status": 2}),
    ],
)
def test_a_register_of_any_kind_is_read_by_usual_names(
    headers: list[str], expected: dict[str, int]
) -> None:
    found = guess(headers, [], "capabilities")
    assert (found.name, found.confidence >= SURE) == ("register", True)
    read = fields(found, headers)
    assert {field: [headers[n]] for field, n in expected.items()}.items() <= read.items()


@pytest.mark.parametrize(
    "headers",
    [
        ["Name", "Title", "Description"],
        ["Tool", "Model Name", "Summary"],
        ["Name", "Cost"],
        ["a", "b", "c"],
        ["Description", "Owner", "Status"],
    ],
)
def test_a_doubtful_header_is_not_sure(headers: list[str]) -> None:
    assert guess(headers, [], "capabilities").confidence < SURE


def test_two_columns_that_could_be_the_title_are_named() -> None:
    found = guess(["Name", "Title", "Description"], [], "capabilities")
    assert found.alternatives["title"] == ("Name",)


def rows(**columns: list[str]) -> list[dict[str, str]]:
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def test_cells_that_are_no_title_no_id_and_no_stage_lower_or_drop_the_guess() -> None:
    headers = ["Ref", "Name", "Description", "Status"]
    good = rows(
        Ref=["A1", "A2"], Name=["x", "y"], Description=["d", "e"], Status=["Live", "In use"]
    )
    assert {"id", "status"} <= fields(guess(headers, good, "capabilities"), headers).keys()
    bad = rows(
        Ref=["A1", "A1"], Name=["x", "y"], Description=["d", "e"], Status=["12 May", "3 June"]
    )
    found = guess(headers, bad, "capabilities")
    assert not {"id", "status"} & fields(found, headers).keys()
    assert found.alternatives == {"id": ("Ref",), "status": ("Status",)}
    empty = rows(Ref=["A", "B"], Name=["", ""], Description=["d", "e"], Status=["Live", "Live"])
    assert guess(headers, empty, "capabilities").confidence < SURE


def test_unknown_columns_are_guessed_from_what_they_hold_with_little_confidence() -> None:
    text = "A long text that says what it does, for whom it does it and what comes out of it. "
    some = [{"k": str(n), "q": f"Tool {n}", "z": text * (n + 1)} for n in range(5)]
    found = guess(["k", "q", "z"], some, "capabilities")
    assert fields(found, ["k", "q", "z"]) == {"title": ["q"], "body": ["z"]}
    assert 0 < found.confidence < SURE


@pytest.mark.parametrize(
    ("folder", "headers", "field", "column"),
    [
        ("goals", ["Ref", "Goal", "KPI", "Due date"], "measure", "KPI"),
        ("assets", ["Application", "Type", "System owner"], "kind", "Type"),
        ("policies", ["Control ID", "Control", "Requirement", "Priority"], "text", "Requirement"),
    ],
)
def test_each_kind_of_knowledge_has_its_own_usual_names(
    folder: str, headers: list[str], field: str, column: str
) -> None:
    found = guess(headers, [], folder)
    assert found.confidence >= SURE
    assert fields(found, headers)[field] == [column]


def test_the_guess_does_not_depend_on_the_order_of_the_columns() -> None:
    headers = HEADERS["us-federal-2024"][0]
    one, two = (guess(some, [], "capabilities") for some in (headers, headers[::-1]))
    assert (one.name, one.columns) == (two.name, two.columns)
