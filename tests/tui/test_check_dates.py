"""`concord check` knows what day it is: a policy that is yet to come asks for nothing."""

from pathlib import Path

import pytest

from agent.wiring import open_knowledge
from tests.support.office import FILES, LETTERS, write_office
from tui.commands.check import check_file

POLICY = "knowledge/policies/trust.md"


@pytest.mark.parametrize(("day", "applies"), [("2099-01-01", "no"), ("2020-01-01", "yes")])
def test_a_check_counts_what_is_in_effect_today(tmp_path: Path, day: str, applies: str) -> None:
    office = write_office(tmp_path / "office")
    dated = FILES[POLICY].replace("\nowner: Dana", f'\neffective_from: "{day}"\nowner: Dana')
    (office.root / POLICY).write_text(dated, encoding="utf-8")
    file = tmp_path / "letters.md"
    file.write_text(LETTERS, encoding="utf-8")
    draft = check_file(file, open_knowledge(office), office).draft
    assert {r.id: r.applies for r in draft.requirements}["TRUST-01"] == applies
