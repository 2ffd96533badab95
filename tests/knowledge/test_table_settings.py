"""`[tables]` of concord.toml: what is wrong with it is told before a file is opened."""

import pytest

from knowledge.table_settings import Table, digest, faults

KEY = "capabilities/register.csv"


@pytest.mark.parametrize(
    ("key", "table", "at", "sentence"),
    [
        ("register.csv", Table(), (), "is no table below knowledge/"),
        ("tools/register.csv", Table(), (), "folders assets, capabilities"),
        ("capabilities/register.md", Table(), (), "endings .csv, .jsonl, .xlsx"),
        ("capabilities/a/register.csv", Table(), (), "is no table below knowledge/"),
        (KEY, Table(mapping="us-federal-2042"), ("mapping",), "did you mean 'us-federal-20"),
        (KEY, Table(mapping="?"), ("mapping",), "there are register, register-assets"),
        (KEY, Table(columns={"titel": "A"}), ("columns", "titel"), "did you mean `title`?"),
        (
            KEY,
            Table(columns={"severity": "A"}),
            ("columns", "severity"),
            "no field of capabilities",
        ),
        (KEY, Table(constants={"team.x": "A"}), ("constants", "team.x"), "`team` has no parts"),
        (KEY, Table(values={"phase": {}}), ("values", "phase"), "there are affected, audience"),
    ],
)
def test_a_fault_names_its_key_and_what_to_write(
    key: str, table: Table, at: tuple[str, ...], sentence: str
) -> None:
    ((keys, message),) = faults(key, table)
    assert keys == at
    assert sentence in message


def test_what_is_right_has_no_fault() -> None:
    table = Table(
        mapping="us-federal-2024",
        columns={"behaviours.handoff": "A", "title": ("B", "C")},
        values={"status": {"x": "pilot"}},
    )
    assert list(faults("capabilities/A register.XLSX", table)) == []


def test_own_settings_go_before_those_of_the_mapping() -> None:
    table = Table(
        mapping="us-federal-2024",
        columns={"title": "Tool"},
        values={"status": {"initiated": "pilot", "gone": "retired"}},
        renamed={"Tool": "Werkzeug"},
        empty=("?",),
    )
    mapping = table.resolved()
    assert mapping.columns["title"] == ("Tool",)
    assert mapping.columns["team"] == ("Agency", "Bureau")
    assert mapping.renamed["Tool"] == ("Werkzeug",)
    words = mapping.values["status"]
    assert (words["initiated"], words["gone"], words["retired"]) == ("pilot", "retired", "retired")
    assert {"none", "?"} <= set(mapping.empty)
    assert mapping.made == "us2024-"


def test_the_digest_follows_each_setting() -> None:
    tables = [
        Table(),
        Table(sheet="A"),
        Table(header_row=2),
        Table(mapping="register"),
        Table(columns={"title": "A"}),
        Table(separator="|"),
    ]
    digests = {"".join(digest({KEY: table})) for table in tables}
    assert len(digests) == len(tables)
