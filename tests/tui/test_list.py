"""`concord list` shows findings as they stand, who holds what, how old it is, what is decided."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import call, objects
from tests.support.office import WEATHER, propose, write_office
from tests.support.refusals import PROPOSAL
from tui.commands.inbox import age

ID = "letters"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    settings = write_office(tmp_path / "office")
    propose(settings, ID, PROPOSAL)
    propose(settings, "weather", WEATHER)
    reviewed = call("review", office=settings.root)
    assert reviewed.code == 0, reviewed.err
    return settings.root


def row(office: Path, name: str = ID) -> dict[str, Any]:
    rows = objects(call("list", "--json", office=office))
    return dict(next(r for r in rows if r["initiative"] == name))


def decide(office: Path, *words: object) -> None:
    answer = call("decide", ID, *words, office=office)
    assert answer.code == 0, answer.err


def line(office: Path, name: str = ID) -> list[str]:
    lines = call("list", office=office).out.split("\n")
    return next(words for text in lines if (words := text.split())[:1] == [name])


def test_findings_are_those_of_the_sheet(office: Path) -> None:
    before = row(office)["findings"]
    draft = objects(call("show", ID, "--json", office=office))[0]
    assert sum(before.values()) == len(draft["findings"])
    blocker = next(f["id"] for f in draft["findings"] if f["severity"] == "blocker")
    medium = next(f["id"] for f in draft["findings"] if f["severity"] == "medium")
    decide(office, "--dismiss", f"{medium}:too_minor")
    assert row(office)["findings"] == before | {"medium": before["medium"] - 1}
    decide(office, "--edit", f"{blocker}:severity=low")
    after = row(office)
    assert after["findings"]["blocker"] == before["blocker"] - 1
    assert after["findings"]["low"] == before["low"] + 1
    assert not after["corrected"]


def test_a_correction_settles_its_finding_and_marks_the_row(office: Path) -> None:
    before = row(office)["findings"]
    decide(office, "--override", "requirement:TRUST-03=in_place:It is in the last line")
    assert row(office)["findings"]["blocker"] == before["blocker"] - 1
    assert row(office)["corrected"]
    assert line(office)[4].startswith("~")
    assert "concord show ID re-runs" in call("list", office=office).err
    assert "~" not in "".join(line(office, "weather")[:5])


def test_what_is_decided_stands_last_and_has_no_question_mark(office: Path) -> None:
    assert line(office)[3] == "changes?"
    decide(office, "--outcome", "reject")
    assert line(office)[2:4] == ["decided", "reject"]
    ids = [r["initiative"] for r in objects(call("list", "--json", office=office))]
    assert ids == ["weather", ID]


def test_holders_are_shown_and_rows_fit_80_columns(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert "HELD BY" not in call("list", office=office).out
    decide(office, "--take", "--by", "ada")
    listed = call("list", office=office).out
    assert "HELD BY" in listed
    assert line(office)[5:7] == ["0m", "ada"]
    assert max(map(len, listed.split("\n"))) <= 80


def test_deciding_what_somebody_else_holds_is_noted(office: Path) -> None:
    decide(office, "--take", "--by", "ada")
    own = call("decide", ID, "--note", "Nearly there.", "--by", "ada", office=office)
    assert "ada" not in own.err
    other = call("decide", ID, "--outcome", "reject", "--by", "bob", office=office)
    assert other.code == 0
    assert "held by ada" in other.err


@pytest.mark.parametrize(
    ("since", "shown"),
    [
        (timedelta(seconds=59), "0m"),
        (timedelta(minutes=60), "1h"),
        (timedelta(hours=47), "1d"),
        (timedelta(days=400), "400d"),
        (timedelta(seconds=-5), "0m"),
    ],
)
def test_age(since: timedelta, shown: str) -> None:
    assert age(since) == shown
