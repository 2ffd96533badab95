"""`concord import` of registers: the mapping is shown, each row becomes a draft."""

from pathlib import Path

import pytest

from agent.settings import load_settings
from agent.wiring import open_knowledge
from knowledge.entries import Asset, Capability, Requirement
from knowledge.reading import Knowledge
from tests.support.command_line import call, objects, refused
from tests.support.documents import put
from tests.support.workbooks import workbook

REGISTER = (
    "Use case name,Owner,Status,Description,Data,Reviewed\n"
    "Letter sorter,Ada Example,In production,Sorts letters by the team that answers them.,personal,"
    "yes\n"
    "Call notes,,In orbit,Writes a note of each call.,business,no\n"
    ",,,A row without a name,,\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path / "office" / "concord.toml", "")
    (tmp_path / "office" / "knowledge").mkdir()
    return tmp_path / "office"


def knowledge(root: Path) -> Knowledge:
    return open_knowledge(load_settings(root, environ={}))


def test_a_register_is_guessed_shown_and_drafted(root: Path) -> None:
    file = put(root.parent / "systems.csv", REGISTER)
    answer = call("import", file, "--as", "capability", office=root)
    assert answer.code == 4, answer.err  # one row has no name
    assert "title ← “Use case name”" in answer.out
    assert "--columns FIELD=COLUMN" in answer.out
    assert "concord knowledge accept --all-from systems.csv" in answer.out
    assert "systems.csv:4: " in answer.err
    assert "“In orbit” (1)" in answer.err
    read = knowledge(root)
    assert read.problems == ()
    one, two = read.drafts["SYSTEMS-01"], read.drafts["SYSTEMS-02"]
    assert isinstance(one, Capability)
    assert isinstance(two, Capability)
    assert (one.title, one.owner, one.status) == ("Letter sorter", "Ada Example", "production")
    assert one.body == "Sorts letters by the team that answers them."
    assert one.data == ("personal",)
    assert two.status is None
    assert one.document is not None
    assert (one.document.file, one.document.section) == ("systems.csv", "row 2")


def test_rows_are_known_again_when_they_move_and_edits_stay(root: Path) -> None:
    file = put(root.parent / "systems.csv", REGISTER)
    call("import", file, "--as", "capability", office=root)
    mine = root / "knowledge" / "capabilities" / "SYSTEMS-02.md"
    mine.write_text(mine.read_text().replace("Writes", "It writes"))
    rows = REGISTER.split("\n")
    moved = [
        rows[0],
        "New one,,pilot,Counts birds.,none,",
        rows[1],
        rows[2].replace("a note", "a line"),
    ]
    put(file, "\n".join(moved) + "\n")
    answer = call("import", file, "--as", "capability", office=root)
    assert answer.code == 0, answer.err
    assert "1 as they are already" in answer.out
    assert "new      SYSTEMS-03  New one" in answer.out
    assert "changed  SYSTEMS-02" in answer.out
    assert "(yours stays: knowledge/capabilities/SYSTEMS-02.md:1)" in answer.out
    assert "It writes a note" in mine.read_text()


def test_accepted_drafts_count_with_their_stage(root: Path) -> None:
    file = put(root.parent / "systems.csv", REGISTER)
    call("import", file, "--as", "capability", office=root)
    answer = call("knowledge", "accept", "--all-from", "systems.csv", office=root)
    assert answer.code == 4
    assert "SYSTEMS-02 needs a `stage`" in answer.err
    assert list(knowledge(root).entries) == ["SYSTEMS-01"]
    assert call("knowledge", "accept", "SYSTEMS-02", "--stage", "pilot", office=root).code == 0
    read = knowledge(root)
    assert read.problems == ()
    assert [e.status for e in read.of(Capability)] == ["production", "pilot"]


def test_columns_can_be_named(root: Path) -> None:
    file = put(
        root.parent / "things.csv", "Ding,Art,Kennung\nLedger,system,L-1\nMill,dataset,M-2\n"
    )
    named = ("--columns", "title=Ding", "--columns", "kind=Art", "--columns", "id=Kennung")
    answer = call("import", file, "--as", "asset", *named, "--json", office=root)
    assert answer.code == 0, answer.err
    (told,) = objects(answer)
    assert told["mapping"] == ["title ← “Ding”", "kind ← “Art”", "id ← “Kennung”"]
    ledger = knowledge(root).drafts["L-1"]
    assert isinstance(ledger, Asset)
    assert (ledger.title, ledger.asset_kind) == ("Ledger", "system")


def test_an_id_that_another_entry_has_is_told(root: Path) -> None:
    put(root / "knowledge" / "assets" / "a.md", "---\nid: L-1\ntitle: Mine\nkind: system\n---\n")
    file = put(root.parent / "things.csv", "id,title,kind\nL-1,Ledger,system\nM-2,Mill,dataset\n")
    answer = call("import", file, "--as", "asset", office=root)
    assert answer.code == 4
    assert "taken    L-1  Ledger  knowledge/assets/a.md:1" in answer.out
    assert list(knowledge(root).drafts) == ["M-2"]


def test_an_id_twice_in_one_register_loses_no_row(root: Path) -> None:
    rows = "id,title,body\nA-1,Sorter,It sorts mail.\nA-1,Helper,It helps callers.\n"
    file = put(root.parent / "two.csv", rows + "a-1,Reader,It reads bills.\n")
    columns = [arg for name in ("id", "title", "body") for arg in ("--columns", f"{name}={name}")]
    for new in (2, 0):
        answer = call("import", file, "--as", "capability", *columns, "--json", office=root)
        changes = [(c["change"], c["id"]) for c in objects(answer)[0]["entries"]]
        assert (answer.code, changes[1]) == (4, ("taken", "A-1"))
        assert sum(what == "new" for what, _ in changes) == new
        drafts = knowledge(root).drafts
        assert {name: drafts[name].title for name in drafts} == {"A-1": "Sorter", "a-1": "Reader"}
    names = [p.name.casefold() for p in (root / "knowledge" / "capabilities").iterdir()]
    assert len(set(names)) == 2  # on a file system that tells no case, too


def test_a_sheet_of_a_workbook(root: Path) -> None:
    raw = workbook(Notes=[["about"]], Goals=[["Goal", "Owner"], ["Fewer letters", "Ada Example"]])
    file = put(root.parent / "aims.xlsx", raw)
    named = ("--sheet", "Goals", "--columns", "title=Goal", "--columns", "owner=Owner")
    answer = call("import", file, "--as", "goal", *named, office=root)
    assert answer.code == 0, answer.err
    (draft,) = knowledge(root).drafts.values()
    assert (draft.id, draft.title, draft.owner) == ("AIMS-01", "Fewer letters", "Ada Example")
    refused(call("import", file, "--as", "goal", "--sheet", "None", office=root), 2, "no sheet")


def test_requirements_of_a_table(root: Path) -> None:
    text = "id,title,text,severity,applies_when\nR-1,Logs,Logs are kept.,high,data: personal|none\n"
    file = put(root.parent / "rules.csv", text)
    answer = call("import", file, "--as", "policy", office=root)
    assert answer.code == 0, answer.err
    read = knowledge(root)
    assert read.problems == ()
    rule = read.drafts["R-1"]
    assert isinstance(rule, Requirement)
    assert (rule.policy, rule.severity) == ("RULES", "high")
    assert rule.applies_when == ({"data": ("personal", "none")},)


def test_refusals(root: Path) -> None:
    file = put(root.parent / "odd.csv", "a,b\n1,2\n")
    refused(call("import", file, "--as", "goal", office=root), 2, "odd.csv:1:", "--columns")
    bad = call("import", file, "--as", "goal", "--columns", "title", office=root)
    refused(bad, 2, "--columns title: write FIELD=COLUMN")
    unknown = call("import", file, "--as", "goal", "--mapping", "mine", office=root)
    refused(unknown, 2, "mine")
    wrong = call("import", file, "--as", "goal", "--columns", "colour=a", office=root)
    refused(wrong, 2, "colour")
    long = put(root.parent / "long.csv", "id,title\n" + "".join(f"G-{n},T\n" for n in range(5001)))
    refused(call("import", long, "--as", "goal", office=root), 2, "5,001 rows; at most 5,000")
