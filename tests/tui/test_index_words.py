"""`concord index` ends with 4 and the line of a rule whose word nothing knows."""

import pytest

from agent.settings import Settings
from tests.support.office import FILES, write_office
from tui.commands import index

TABLE = "knowledge/capabilities/all.csv"
POLICY = "knowledge/policies/trust.md"


@pytest.fixture
def office(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = write_office(tmp_path_factory.mktemp("words") / "office")
    table = FILES[TABLE].replace(",description\n", ",body\n")
    (settings.root / TABLE).write_text(table, encoding="utf-8")
    return settings


def test_a_strange_word_of_a_rule_is_a_problem_of_the_index(
    office: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert index.run(office.root, as_json=False) == 0
    changed = FILES[POLICY].replace("data: [personal]", "dato: [personal]")
    (office.root / POLICY).write_text(changed, encoding="utf-8")
    assert index.run(office.root, as_json=False) == index.SOME_FAILED
    line = changed.split("\n").index("    applies_when: {dato: [personal]}") + 1
    said = capsys.readouterr()
    assert f"{POLICY}:{line}: TRUST-03: `applies_when` names `dato`" in said.err
    assert "did you mean `data`?" in said.err
    assert said.out.endswith(", 1 problem\n")
    (office.root / "concord.toml").write_text("[facts.dato]\nask = 'Which?'\n", encoding="utf-8")
    assert index.run(office.root, as_json=False) == 0
