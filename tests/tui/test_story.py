"""From a proposal to a verified record by the command line alone, twice; then somebody cheats."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.support.command_line import call, objects, refused
from tests.support.letters import (
    ID,
    decide,
    done,
    draft_of,
    findings_of,
    receipt_of,
    reviewed_office,
)
from tests.support.office import propose, write_office
from tests.support.refusals import APPEAL, PROPOSAL


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A tiny office with one proposal that is reviewed."""
    return reviewed_office(tmp_path / "office")


def test_the_whole_story(office: Path) -> None:
    first = _first_decision(office)
    second = _second_version(office)
    _verified(office, first, second)
    _tampered_with(office)


def _first_decision(office: Path) -> str:
    before = draft_of(office)
    assert before["outcome"] == "request_changes"
    ids = findings_of(office)
    stage = decide(office, "--override", "fact:stage=production:It goes live at once, says Ada")
    assert "1 step recorded" in done(stage)
    rows = {r["id"]: r for r in draft_of(office)["requirements"]}
    assert (rows["TRUST-19"]["applies"], rows["TRUST-19"]["status"]) == ("yes", "absent")
    status = decide(office, "--override", "requirement:TRUST-03=in_place:It is in the last line")
    assert "suggested outcome now: approve_with_conditions (was request_changes)" in done(status)
    row = {r["id"]: r for r in draft_of(office)["requirements"]}["TRUST-03"]
    assert (row["status"], row["evidence"]) == ("in_place", "stated")
    done(decide(office, "--override", "requirement:TRUST-03=confirmed:I have seen the form"))

    conflict, data = ids["facts.conflict audience"], ids["role.missing data"]
    done(decide(office, "--accept", data, "--by", "ben"))
    done(
        decide(office, "--edit", f"{conflict}:ask=Say who reads the letters: clerks or customers.")
    )
    done(decide(office, "--dismiss", f"{ids['role.missing engineering']}:other:We know who: Lea"))
    decided = decide(
        office,
        *("--outcome", "approve_with_conditions", "--approved-stage", "pilot"),
        *("--condition", "Monitor each week|Ada Example|2097-02-01|TRUST-19"),
        *("--note", "Well written.", "--private-note", "Between us: ask Zoe first."),
    )
    receipt = receipt_of(decided)
    letter = office / "decisions/letters-v1.md"
    assert str(letter) in decided.out
    _letter_is_what_was_decided(letter.read_text(encoding="utf-8"))
    refused(decide(office, "--outcome", "reject"), 2, "decided")
    return receipt


def _letter_is_what_was_decided(text: str) -> None:
    for words in (
        "Say who reads the letters: clerks or customers.",
        "Monitor each week",
        "Ada Example",
        "2097-02-01",
        "Well written.",
        "pilot",
        "Name who answers for the data it uses.",
        "confirmed by ana on",
    ):
        assert words in text
    for words in ("who builds it", "Zoe", "Between us", "Lea", "correct the other place"):
        assert words not in text


def _second_version(office: Path) -> str:
    propose(write_office(office), ID, APPEAL)
    again = done(call("review", office=office))
    assert "(version 2, new)" in again
    draft = draft_of(office)
    rows = {r["id"]: r for r in draft["requirements"]}
    assert rows["TRUST-03"]["status"] == "in_place"
    assert rows["TRUST-03"]["evidence"] == "stated", "an override speaks of the text as it stood"
    assert rows["TRUST-19"]["applies"] == "no"
    shown = " ".join(done(call("show", ID, "--full", office=office)).split())
    assert "Say who reads the letters" in shown
    assert "(accepted)" in shown
    assert "(dismissed: other, We know who: Lea)" in shown
    decided = decide(office, "--outcome", "approve", "--approved-stage", "pilot")
    letter = (office / "decisions/letters-v2.md").read_text(encoding="utf-8")
    assert "Between us" not in letter
    assert (office / "decisions/letters-v1.md").exists()
    return receipt_of(decided)


def _verified(office: Path, first: str, second: str) -> None:
    for receipt in (first, second):
        assert "whole" in done(call("audit", "verify", "--expect", receipt, office=office))
    one = done(call("audit", "show", ID, "--version-number", "1", office=office))
    assert "Decided: Approve with conditions by ana" in one
    assert "override" in one
    full = objects(call("audit", "show", ID, "--version-number", "1", "--json", office=office))[0]
    assert full["proposal"] == PROPOSAL
    assert full["decisions"][0]["letter"] == (office / "decisions/letters-v1.md").read_text()
    assert "TRUST-03" in full["texts"]

    (office / "decisions/letters-v2.md").unlink()
    done(call("export", ID, office=office))
    letter = (office / "decisions/letters-v2.md").read_text(encoding="utf-8")
    exported = json.loads(done(call("export", ID, "-f", "json", office=office)))
    assert exported["decision"]["outcome"] == "approve"
    assert "Between us" not in json.dumps(exported)
    html = done(call("export", ID, "-f", "html", office=office))
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html
    assert "Between us" not in html
    assert letter.startswith("# Approved")
    assert "whole" in done(call("audit", "verify", "--expect", first, office=office))


def _tampered_with(office: Path) -> None:
    with sqlite3.connect(office / "records/reviews.db") as db:
        found = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        assert found
        for (name,) in found:
            db.execute(f'DROP TRIGGER "{name}"')
        (seq,) = db.execute("SELECT min(seq) FROM decision").fetchone()
        db.execute("UPDATE decision SET actor = 'zoe' WHERE seq = ?", (seq,))
    db.close()
    broken = call("audit", "verify", office=office)
    assert broken.code == 1
    assert f"entry {seq} (decided of letters)" in broken.out
    assert "broken" in broken.out
    assert "receipt" not in broken.out, "what is broken is not to be filed"
    as_json = objects(call("audit", "verify", "--json", office=office))[0]
    assert (as_json["ok"], as_json["head"]) == (False, None)


def test_everything_through_a_file(office: Path, tmp_path: Path) -> None:
    ids = findings_of(office)
    decision = {
        "outcome": "approve_with_conditions",
        "overrides": [
            {"kind": "requirement", "id": "TRUST-03", "to": "in_place", "reason": "seen it"},
            {"kind": "goal", "id": "GOAL-2", "to": "serves", "reason": "their figures say so"},
        ],
        "accepted": [ids["role.missing data"]],
        "edits": [{"finding": ids["facts.conflict audience"], "field": "severity", "after": "low"}],
        "dismissed": [{"finding": ids["role.missing engineering"], "reason": "already_known"}],
        "added": [
            {
                "dimension": "hygiene",
                "severity": "medium",
                "title": "No Danish",
                "ask": "Say when Danish letters come.",
                "quote": "The system drafts letters of refusal",
            }
        ],
        "conditions": [{"text": "Add Danish\x1b[2J", "owner": "Ada", "due": "2097-03-01"}],
        "review_by": "2097-06-01",
        "note_to_team": "Good.",
        "private_note": "Hush.",
        "by": "cleo",
    }
    file = tmp_path / "decision.json"
    file.write_text(json.dumps(decision), encoding="utf-8")
    answer = decide(office, "--from", file, "--json")
    recorded = objects(answer)[0]
    assert answer.code == 0
    assert recorded["decision"]["by"] == "cleo"
    assert [o["id"] for o in recorded["decision"]["overrides"]] == ["GOAL-2", "TRUST-03"]
    assert recorded["decision"]["conditions"][0]["id"] == "C1"
    letter = Path(recorded["letter"]).read_text(encoding="utf-8")
    assert "Say when Danish letters come." in letter
    assert "The system drafts letters of refusal" in letter
    assert "2097-06-01" in letter
    assert "Hush" not in letter
    assert "\x1b" not in letter
    receipt = f"{recorded['receipt']['head']}:{recorded['receipt']['count']}"
    assert call("audit", "verify", "--expect", receipt, office=office).code == 0


def test_steps_alone_from_stdin(office: Path) -> None:
    steps = json.dumps({"accepted": [findings_of(office)["role.missing data"]]})
    answer = call("decide", ID, "--from", "-", "--json", office=office, stdin=steps)
    assert objects(answer)[0]["recorded"] == 1
    assert "(accepted)" in done(call("show", ID, office=office))
    assert call("list", office=office).out.count("ready") == 1
