"""`concord decide` on one initiative: what it refuses, records, corrects and lets go."""

from pathlib import Path

import pytest

from tests.support.command_line import call, objects, refused
from tests.support.letters import ID, decide, done, findings_of, receipt_of, reviewed_office


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A tiny office with one proposal that is reviewed."""
    return reviewed_office(tmp_path / "office")


def test_only_what_was_shown_is_recorded(office: Path) -> None:
    words = ("--outcome", "request_changes", "--note", "See below.")
    preview = decide(office, *words, "--preview")
    digest = preview.err.rpartition("--shown ")[2].strip()
    assert preview.out.startswith("# Changes requested")
    assert not list((office / "decisions").glob("*.md"))
    as_json = objects(decide(office, *words, "--preview", "--json"))[0]
    assert (as_json["shown"], as_json["letter"]) == (digest, preview.out)
    refused(decide(office, "--outcome", "reject", "--shown", digest), 2, "no longer what stands")
    done(decide(office, "--accept", findings_of(office)["role.missing data"]))
    refused(decide(office, *words, "--shown", digest), 2, "no longer what stands")
    digest = decide(office, *words, "--preview").err.rpartition("--shown ")[2].strip()
    done(decide(office, *words, "--shown", digest))
    assert (office / "decisions/letters-v1.md").read_text() == preview.out


def test_who_holds_an_initiative_and_lets_it_go(office: Path) -> None:
    refused(call("export", ID, office=office), 2, "not decided", "--preview")
    assert "taken by ana" in done(decide(office, "--take"))
    assert objects(decide(office, "--take", "--json"))[0] == {"initiative": ID, "held_by": "ana"}
    assert objects(call("list", "--json", office=office))[0]["held_by"] == "ana"
    refused(decide(office, "--take", "--by", "ben"), 2, "held by ana")
    refused(decide(office, "--release", "--by", "ben"), 2, "held by ana")
    assert objects(decide(office, "--release", "--json"))[0]["held_by"] is None
    done(decide(office, "--take", "--by", "ben"))


def test_a_decision_is_corrected_not_overwritten(office: Path) -> None:
    refused(decide(office, "--outcome", "reject", "--correct"), 2)
    done(decide(office, "--outcome", "reject"))
    refused(decide(office, "--outcome", "request_changes"), 2, "--correct")
    done(decide(office, "--outcome", "request_changes", "--correct"))
    letter = (office / "decisions/letters-v1.md").read_text(encoding="utf-8")
    assert letter.startswith("# Changes requested")
    kept = objects(call("audit", "show", ID, "--json", office=office))[0]["decisions"]
    day = kept[0]["decision"]["at"][:10]
    assert f"This replaces our decision of {day} (“Not approved”)." in letter
    assert "This replaces" not in kept[0]["letter"]
    assert [d["decision"]["outcome"] for d in kept] == ["reject", "request_changes"]
    assert kept[1]["corrects"] == kept[0]["seq"]
    assert call("audit", "verify", office=office).code == 0
    again = receipt_of(decide(office, "--outcome", "request_changes", "--correct"))
    assert again.endswith(f":{kept[1]['seq']}"), "the same correction again is the same one"


def test_steps_are_undone_redone_and_taken_back_by_name(office: Path) -> None:
    finding = findings_of(office)["role.missing data"]
    assert "no step here" in decide(office, "--undo").err
    done(decide(office, "--accept", finding, "--private-note", "Hm"))
    assert f"{ID}: undone: private note" in done(decide(office, "--undo"))
    undone = objects(decide(office, "--undo", "--json"))[0]
    assert undone["undone"].startswith("accepted: ")
    assert f"{ID}: put back: accepted: " in done(decide(office, "--redo"))
    refused(decide(office, "--withdraw", "verdict x"), 2, f"'verdict {finding}' (accepted: ")
    assert "taken back: accepted: " in done(decide(office, "--withdraw", f"verdict  {finding}"))
    assert "put back" in decide(office, "--redo").err, "a new step ends redo"
    shown = done(call("audit", "show", ID, office=office))
    assert "undoes entry" in shown
    assert "redoes entry" in shown
    assert "takes back what stood there" in shown
    assert call("audit", "verify", office=office).code == 0


def test_taking_back_stands_alone(office: Path) -> None:
    for words in (
        ("--undo", "--redo"),
        ("--undo", "--note", "x"),
        ("--redo", "--outcome", "defer"),
    ):
        refused(decide(office, *words), 2, "stand alone")
    done(decide(office, "--outcome", "reject"))
    refused(decide(office, "--undo"), 2, "is decided")


def test_a_letter_changed_on_disk_is_noted(office: Path) -> None:
    done(decide(office, "--outcome", "reject"))
    letter = office / "decisions/letters-v1.md"
    assert "note:" not in done(call("audit", "verify", office=office))
    letter.write_text("# Approved\n", encoding="utf-8")
    said = done(call("audit", "verify", office=office))
    assert "the record is whole" in said
    assert f"note: {letter} is not the letter on record" in said
    assert len(objects(call("audit", "verify", "--json", office=office))[0]["letters"]) == 1
    done(call("export", ID, "--version-number", "1", office=office))
    assert "note:" not in done(call("audit", "verify", office=office))
    letter.unlink()
    assert "note:" not in done(call("audit", "verify", office=office))


def test_an_unmet_blocker_is_approved_only_with_a_typed_reason(office: Path) -> None:
    refused(decide(office, "--outcome", "approve"), 2, "TRUST-03", "--waive")
    refused(decide(office, "--outcome", "approve", "--waive", "TRUST-03:ok"), 2, "10 characters")
    done(decide(office, "--outcome", "approve", "--waive", "TRUST-03:A clerk calls each of them"))
    letter = (office / "decisions/letters-v1.md").read_text(encoding="utf-8")
    assert "A clerk calls each of them" in letter


def test_merging_needs_something_to_merge_into(office: Path) -> None:
    merge = ("--outcome", "merge_with_existing", "--merge-into")
    refused(decide(office, *merge, "CAP-9"), 2, "CAP-9", "Did you mean")
    refused(decide(office, *merge, ID), 2, "into itself")
    done(decide(office, *merge, "CAP-2"))
    letter = (office / "decisions/letters-v1.md").read_text(encoding="utf-8")
    assert "**Call summaries** (CAP-2). Please talk with its owner, Ben Example, and join" in letter


def test_the_outcome_may_only_waive_what_it_approves(office: Path) -> None:
    words = ("--outcome", "reject", "--waive", "TRUST-99:foobarbaz foo")
    refused(decide(office, *words), 2, "A waiver does not go with reject")


def test_a_deferred_one_is_still_to_decide(office: Path) -> None:
    done(decide(office, "--outcome", "defer", "--review-by", "2099-01-01"))
    assert "deferred" in done(call("list", office=office))
    done(decide(office, "--outcome", "reject"))


def test_a_letter_with_many_gaps_asks_once_how_things_work(built_office: Path) -> None:
    words = ("--outcome", "request_changes", "--preview")
    letter = done(call("decide", "injury-companion", *words, office=built_office))
    assert letter.count("state in the proposal how it works here") == 1
    assert "State how this works here" not in letter
    assert ", line " in letter.partition("Rests on: TRUST-")[2].partition("\n")[0]
    assert "\n> \n" not in letter
