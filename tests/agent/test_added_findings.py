"""Findings that a person adds quote the text as it stands, checked when they are added."""

from pathlib import Path
from typing import Any

import pytest

from agent.errors import DecisionError
from agent.schema.decision import AddedFinding, Steps
from agent.settings import Settings
from agent.wiring import open_record
from tests.support.office import LETTERS, propose, sheet_of, work, write_office


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    settings = write_office(tmp_path / "office")
    work(settings, propose(settings, "letters", LETTERS))
    return settings


def added(quote: str) -> AddedFinding:
    words: dict[str, Any] = {
        "dimension": "trust",
        "severity": "low",
        "title": "Tone",
        "ask": "Ask.",
    }
    return AddedFinding(**words, quote=quote)


def test_the_quote_stands_in_the_text_or_is_refused(office: Settings) -> None:
    good = added("suggests the department that should answer it")
    view = sheet_of(office, "letters", Steps(added=(good,)))
    assert view.sheet.findings[-1].finding.citations[0].check == "exact"
    wrong = added("The assistant answers the letters itself")
    with pytest.raises(DecisionError, match="“Tone” quotes words that do not stand in the prop"):
        sheet_of(office, "letters", Steps(added=(wrong,)))


def test_words_that_a_later_version_dropped_do_not_lock_the_sheet(office: Settings) -> None:
    words = "tested on 400 real cases"
    with open_record(office) as store:
        store.take("letters", Steps(added=(added(words),)), "ana", version=1)
    work(office, propose(office, "letters", LETTERS.replace(words, "tried")))
    last = sheet_of(office, "letters").sheet.findings[-1]
    assert (last.state, last.finding.citations[0].check) == ("added", "bad")
