"""A mapping applied: headers are met however they are written, cells become values of fields."""

import pytest

from knowledge.columns import Mapping, apply, bind, describe, plain


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("  Use Case\nName ", "use case name"),
        ("\ufeffTitle", "title"),
        ("12_outputs", "outputs"),
        ("2.1.3 - Senior_Responsible  Owner *", "senior responsible owner"),
        ("8) Topic", "topic"),
        ("2025 Status", "2025 status"),
        ("Describe the AI system’s outputs.", "describe the ai systems outputs"),
        ("Describe the AI system's outputs", "describe the ai systems outputs"),
        ("Agency Use (Y/N)?", "agency use y n"),
        ("Größe", "grösse"),
        ("###", ""),
    ],
)
def test_a_header_is_known_however_it_is_written(header: str, expected: str) -> None:
    assert plain(header) == expected


CASE = Mapping(
    columns={
        "id": ("No",),
        "title": ("Name",),
        "team": ("Agency", "Bureau"),
        "status": ("Stage",),
        "data": ("PII",),
        "systems": ("System",),
        "reuse.contact": ("Mail",),
        "body": ("Purpose", "Outputs"),
    },
    renamed={"Name": ("Use Case Name",), "Purpose": ("What is it for?",)},
    values={
        "status": {"in use": "production", "in development": "planned", "in": "pilot"},
        "data": {"yes": "personal", "no": ""},
    },
    id_from=("Agency", "Name"),
    made="x-",
    empty=("none",),
)


def test_columns_become_fields() -> None:
    row = {
        "No": "A 7",
        "use case NAME": "Gauge\nreader",
        "Agency": "Water",
        "Bureau": "Water",
        "Stage": "b) In use – since May",
        "PII": "Yes; no",
        "System": "Alpha; Beta; None",
        "Mail": "a@b.example",
        "What is it for?": "Reads gauges.\nTwice a day.",
        "Outputs": "N/A",
    }
    assert apply(CASE, row) == {
        "id": "A-7",
        "title": "Gauge reader",
        "team": "Water",
        "status": "production",
        "data": ["personal"],
        "systems": ["Alpha", "Beta", "None"],
        "reuse": {"contact": "a@b.example"},
        "body": "## Purpose\nReads gauges.\nTwice a day.",
    }


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("In use", "production"),
        ("IN USE (limited)", "production"),
        ("in development", "planned"),
        ("In between", "pilot"),
        ("Indeed", "Indeed"),
        ("Gone", "Gone"),
    ],
)
def test_a_value_is_met_whole_or_at_its_beginning_and_else_stays(cell: str, expected: str) -> None:
    assert apply(CASE, {"Name": "T", "Stage": cell})["status"] == expected


def test_an_id_is_made_from_what_names_the_row_and_not_from_its_texts() -> None:
    first = apply(CASE, {"Name": "T", "Agency": "W", "Outputs": "one"})["id"]
    assert first.startswith("x-")
    assert apply(CASE, {"Name": "T ", "Agency": "W", "Outputs": "two"})["id"] == first
    assert apply(CASE, {"Name": "T", "Agency": "V", "Outputs": "one"})["id"] != first
    bound = bind(CASE, ["Name", "Agency", "Outputs"])
    ids = {bound.whole_id({"Name": "T", "Agency": "W", "Outputs": o}) for o in ("one", "two")}
    assert len(ids) == 2
    assert apply(CASE, {"Name": "", "Agency": ""})["id"] == ""


def test_a_bare_number_is_no_id_by_itself() -> None:
    assert apply(CASE, {"Name": "T", "No": "17"})["id"] == "x-17"
    assert apply(CASE.model_copy(update={"id_prefix": "w-"}), {"No": "A1"})["id"] == "w-A1"


def test_a_constant_stands_where_no_column_says_it() -> None:
    mapping = CASE.model_copy(update={"constants": {"status": "pilot", "data": "business;none"}})
    assert apply(mapping, {"Name": "T", "Stage": "In use"})["status"] == "production"
    assert apply(mapping, {"Name": "T"})["status"] == "pilot"
    assert apply(mapping, {"Name": "T"})["data"] == ["business", "none"]


def test_what_the_file_lacks_is_known_and_the_first_of_two_columns_is_taken() -> None:
    bound = bind(CASE, ["Use Case Name", "name", "Agency"])
    assert bound.missing == ("No", "Bureau", "Stage", "PII", "System", "Mail", "Purpose", "Outputs")
    assert bound.names("Name") == ("name", "Use Case Name")
    assert bound.apply({"Use Case Name": "one", "name": "two"})["title"] == "two"


def test_a_number_before_a_name_counts_where_it_is_written_alike() -> None:
    mapping = Mapping(columns={"domain": ("Topic",)}, renamed={"Topic": ("8_type",)})
    headers = ["31_type", "8_type", "type"]
    assert bind(mapping, headers).names("Topic") == ("8_type",)
    assert bind(mapping, headers[:1]).names("Topic") == ("31_type",)


def test_a_long_question_is_met_with_words_behind_it() -> None:
    mapping = Mapping(columns={"body": ("Has it been tested before use?",)})
    header = "Has it been tested before use? \n\nPractice: Assessment"
    assert apply(mapping, {header: "Twice."})["body"] == "Twice."
    short = Mapping(columns={"body": ("Outputs",)})
    assert "body" not in apply(short, {"Outputs of others": "x"})


def test_a_mapping_is_described_as_the_file_has_it() -> None:
    mapping = CASE.model_copy(update={"alternatives": {"title": ("Label",)}})
    lines = describe(mapping, ["Use Case Name", "Label", "Stage", "Cost"])
    assert lines == [
        "title ← “Use Case Name” [or “Label”]",
        "status ← “Stage” (in use → production, in development → planned, in → pilot)",
        "id ← made from the row",
        "not taken: “Label”, “Cost”",
    ]
    assert describe(CASE)[0] == "id ← “No”"
