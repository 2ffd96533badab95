"""`show`, `review` and `audit show` tell the decision and what it rested on, in plain words."""

from pathlib import Path
from typing import Any

import pytest

from agent.schema.draft import Facet, OverlapRow
from agent.schema.evidence import LastReview
from tests.support.command_line import call, objects, refused
from tests.support.evidence import evidence
from tests.support.office import propose, settings_of, write_office
from tests.support.refusals import APPEAL, PROPOSAL
from tests.support.sheets import quote
from tui.checklist import overlap_lines

ID = "letters"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "80")
    settings = write_office(tmp_path / "office")
    propose(settings, ID, PROPOSAL)
    assert call("review", office=settings.root).code == 0
    return settings.root


def done(office: Path, *words: object) -> str:
    answer = call(*words, office=office)
    assert answer.code == 0, answer.err
    return answer.out


def flat(text: str) -> str:
    return " ".join(text.split())


def draft_of(office: Path) -> dict[str, Any]:
    return dict(objects(call("show", ID, "--json", office=office))[0])


def decided(office: Path) -> None:
    first = draft_of(office)["findings"][-1]["id"]
    done(office, "decide", ID, "--dismiss", f"{first}:other:We know that already")
    done(office, "decide", ID, "--override", "fact:stage=production:It goes live at once")
    done(
        office,
        *("decide", ID, "--outcome", "approve_with_conditions", "--approved-stage", "pilot"),
        *("--waive", "TRUST-03:The board accepts it until spring"),
        *("--condition", "Monitor each week|Ada Example|2097-02-01|TRUST-19"),
        *("--note", "Well written.", "--private-note", "Ask Zoe first.", "--role", "chair"),
    )


SAID = (
    "Decided: Approve with conditions by ana (chair), 20",
    "approved for pilot",
    "condition C1: Monitor each week (for TRUST-19, by Ada Example, due 2097-02-01, now open)",
    "waived TRUST-03: The board accepts it until spring",
    "fact stage: production",
    "It goes live at once",
    "Note, to the team: Well written.",
    "Note, private: Ask Zoe first.",
    "(dismissed: other, We know that already)",
)


def test_show_tells_the_decision_first_and_everything_that_people_did(office: Path) -> None:
    before = done(office, "show", ID)
    assert "Decided" not in before
    decided(office)
    out = done(office, "show", ID, "--full")
    for words in SAID:
        assert words in flat(out)
    assert out.index("Decided: ") < out.index("Outcome suggested by") < out.index("Findings (")
    assert max(map(len, out.split("\n"))) <= 80


def test_show_names_titles_and_the_holder(office: Path) -> None:
    done(office, "decide", ID, "--take", "--by", "ada")
    out = done(office, "show", ID)
    assert "  held by ada\n" in out
    assert "absent: Route of appeal to a person" in flat(out)
    done(office, "decide", ID, "--release", "--by", "ada")
    assert "held by" not in done(office, "show", ID)


def test_where_nothing_is_related_the_nearest_are_named() -> None:
    lines = [flat(line) for line in overlap_lines((), evidence())]
    assert lines == [
        "Overlap (0 related, 2 read)",
        "CAP-1 Claims sorter (meaning 90%, words 50% alike): too little in common",
        "twin Twin (meaning 80%, words 40% alike): too little in common",
        "",
    ]


def test_an_overlap_says_what_to_do_why_and_who_is_behind_it() -> None:
    words = quote("It sorts claims by urgency.", 20)
    review = LastReview(initiative="sorter", outcome="approve", decided="2026-03-02")
    row = OverlapRow(
        entry="CAP-1", kind="capability", relation="duplicate", disposition="extend",
        facets={"purpose": Facet(value="same", own=words), "users": Facet(value="unknown")},
        reason="It lacks users: agents.", owner="Ada", status="pilot", last_review=review,
        contradicts="It was decided that claims stay with people.", missing=("users: agents",),
    )  # fmt: skip
    told = [flat(line) for line in overlap_lines((row,), evidence(), full=False)]
    assert told == [
        "Overlap (1 related, 2 read)",
        "CAP-1 capability: duplicate -> extend",
        "Claims sorter",
        "Ada; a pilot",
        "last review: sorter was approved on 2026-03-02; no condition is open",
        "why extend: It lacks users: agents.",
        "CONTRADICTS: It was decided that claims stay with people.",
        "the same: purpose; not known: users",
        "missing to reuse it: users: agents",
        "",
    ]
    full = [flat(line) for line in overlap_lines((row,), evidence())]
    assert full[-3:] == [
        "purpose: same",
        '"It sorts claims by urgency." proposal:20 (Claims › Decision)',
        "",
    ]


def test_show_of_an_earlier_version(office: Path) -> None:
    decided(office)
    propose(settings_of(office), ID, APPEAL)
    done(office, "review")
    assert "version 2 of" in done(office, "show", ID)
    first = done(office, "show", ID, "--version-number", "1")
    assert "version 1 of" in first
    assert "Decided: Approve with conditions" in first
    refused(call("show", ID, "--version-number", "9", office=office), 3, "version 9")


def test_show_of_an_earlier_version_that_nobody_decided(office: Path) -> None:
    propose(settings_of(office), ID, APPEAL)
    done(office, "review")
    assert "version 1 of" in done(office, "show", ID, "--version-number", "1")


def test_review_of_what_is_decided_tells_the_decision(office: Path) -> None:
    suggested = done(office, "review")
    assert "ASK FOR CHANGES" in suggested
    decided(office)
    out = done(office, "review")
    assert "Decided: Approve with conditions by ana (chair), 20" in out
    assert "ASK FOR CHANGES" not in out


def test_audit_show_tells_what_a_decision_rested_on(office: Path) -> None:
    assert "Not decided yet" in done(office, "audit", "show", ID)
    draft = draft_of(office)
    decided(office)
    out = done(office, "audit", "show", ID, "--full")
    for words in SAID:
        assert words in flat(out)
    for reason in draft["outcome_because"]:
        assert flat(reason) in flat(out)
    for finding in draft["findings"]:
        assert finding["id"] in out
        for citation in finding["citations"]:
            assert flat(citation["quote"]) in flat(out)
    letter = (office / "decisions/letters-v1.md").read_text(encoding="utf-8")
    assert all(f"  | {line}".rstrip() in out for line in letter.strip().split("\n"))
    assert "Journal" in out
    done(office, "decide", ID, "--outcome", "reject", "--correct", "--note", "Wrong box.")
    out = done(office, "audit", "show", ID)
    assert out.count("Letter of entry") == 1
    assert "Decided: Reject by ana" in out
    assert "corrects entry" in out
    assert done(office, "audit", "show", ID, "--full").count("Letter of entry") == 2
