"""The mappings that ship hold together, and read the public registers they are named after."""

import pytest

from knowledge.columns import KINDS_OF, apply, bind, fields_of
from knowledge.entries import Capability
from knowledge.mappings import names, of, shipped
from knowledge.vocabulary import BEHAVIOURS, LIFE_STAGES, ORDERED_FACTS, SEVERITIES
from tests.support.register_headers import (
    HEADERS,
    UK_NUMBERED,
    US_2023,
    US_2024,
    US_2024_NUMBERED,
    US_2025,
    US_2025_INDICATORS,
    row,
)

WORDS = {
    "status": LIFE_STAGES,
    "severity": SEVERITIES,
    "data": ORDERED_FACTS["data"],
    "automation": ORDERED_FACTS["automation"],
    "kind": ("system", "dataset", "model", "supplier"),
}


@pytest.mark.parametrize("name", names())
def test_a_mapping_names_only_what_there_is(name: str) -> None:
    mapping = shipped(name)
    columns = {column for some in mapping.columns.values() for column in some}
    assert mapping.folder in KINDS_OF
    assert mapping.about
    assert {field.partition(".")[0] for field in mapping.columns} <= fields_of(mapping.folder)
    assert set(mapping.id_from) <= columns
    assert set(mapping.renamed) <= columns | set(mapping.id_from)
    for field, words in mapping.values.items():
        assert set(words.values()) <= {*WORDS[field], ""}
    inner = {f.partition(".")[2] for f in mapping.columns if f.startswith("behaviours.")}
    assert inner <= set(BEHAVIOURS)


@pytest.mark.parametrize("name", names())
def test_no_name_stands_for_two_columns(name: str) -> None:
    mapping = shipped(name)
    headers = [other for column, some in mapping.renamed.items() for other in (column, *some)]
    bound = bind(mapping, headers)
    for column in mapping.renamed:
        others = {c for c in mapping.renamed if c != column}
        assert not set(bound.names(column)) & {n for c in others for n in bound.names(c)}, column


def test_every_folder_but_patterns_has_a_general_mapping() -> None:
    assert [f for f in KINDS_OF if not any(m.name.startswith("register") for m in of(f))] == [
        "patterns"
    ]


@pytest.mark.parametrize("name", HEADERS)
def test_the_columns_of_the_public_files_are_found(name: str) -> None:
    for headers in HEADERS[name]:
        bound = bind(shipped(name), headers)
        assert {"title", "team", "body"} <= bound.fields.keys(), (headers, bound.missing)
        assert name == "uk-atrs" or {"status"} <= bound.fields.keys()


def test_a_row_of_2023() -> None:
    cells = row(
        US_2023,
        Use_Case_ID="ABC-0001-2023",
        Department="ABC",
        Agency="Bureau of Rivers",
        Title="Gauge reader",
        Summary="Reads gauges.",
        Development_Stage="Operation and Maintenance",
        Techniques="Computer vision",
    )
    cells[-1] = "Department of Water"
    assert apply(shipped("us-federal-2023"), dict(zip(US_2023, cells, strict=True))) == {
        "id": "ABC-0001-2023",
        "title": "Gauge reader",
        "team": "Department of Water, Bureau of Rivers",
        "status": "production",
        "body": "## Summary\nReads gauges.\n\n## Techniques\nComputer vision",
    }


def test_a_row_of_2024_reads_the_same_from_both_versions_of_the_file() -> None:
    long = row(
        US_2024,
        Use_Case_Name="Letter sorter",
        Agency="Department of Water",
        Bureau="BR",
        Use_Case_Topic="Rivers",
        What_is_the="Sorts letters.",
        Describe="A label.",
        Stage="Implementation and Assessment",
        Does_this_AI="Yes",
        System_Name="N/A",
        For_this_particular="No",
    )
    short = row(
        US_2024_NUMBERED,
        **{
            "2_use_case": "Letter sorter",
            "3_agency": "Department of Water",
            "4_bureau": "BR",
            "8_topic": "Rivers",
            "11_": "Sorts letters.",
            "12_": "A label.",
            "16_": "Implementation and Assessment",
            "29_": "Yes",
            "57_auto": "No",
        },
    )
    mapping = shipped("us-federal-2024")
    one = apply(mapping, dict(zip(US_2024[:12], long[:12], strict=True)))
    two = apply(mapping, dict(zip(US_2024_NUMBERED, short, strict=True)))
    assert one == two
    assert one["id"].startswith("us2024-")
    assert (one["status"], one["data"]) == ("pilot", ["personal"])
    assert one["body"] == "## Purpose and benefits\nSorts letters.\n\n## Outputs\nA label."


@pytest.mark.parametrize(
    ("cell", "stage"),
    [
        ("a) Pre-deployment – The use case is in a development status.", "planned"),
        ("b)  Pilot – The use case has been deployed in a limited test.", "pilot"),
        ("Pilot - The use case has been deployed in a limited test.", "pilot"),
        ("Deployed", "production"),
        ("c) Deployed – The use case is being actively used.", "production"),
        ("d) Retired – The use case was reported in the prior year’s inventory.", "retired"),
        ("Stage 4 - Operation and Maintenance (in use, and being monitored)", "production"),
        ("Stage 2 - Development and Acquisition", "planned"),
    ],
)
def test_stages_of_2025_as_agencies_write_them(cell: str, stage: str) -> None:
    for headers, key in ((US_2025, "Stage"), (US_2025_INDICATORS, "Development_Stage")):
        cells = row(headers, Use_Case_Name="Chat", **{key: cell})
        values = apply(shipped("us-federal-2025"), dict(zip(headers, cells, strict=True)))
        assert values["status"] == stage


def test_a_transparency_record_has_its_owner_and_behaviours() -> None:
    cells = ["7", "Chat", "Answers.", "a@b.example", "Office", "Web", "Head of Web", "", "All"]
    cells += ["A person checks.", "By post.", "Beta"]
    values = apply(shipped("uk-atrs"), dict(zip(UK_NUMBERED, cells, strict=True)))
    assert values["id"] == "atrs-7"
    assert (values["owner"], values["status"]) == ("Head of Web", "pilot")
    assert values["behaviours"] == {"handoff": "A person checks.", "appeal": "By post."}
    assert values["body"] == "## Description\nAnswers.\n\n## Scope\nAll"
    assert set(values) <= set(Capability.model_fields)
