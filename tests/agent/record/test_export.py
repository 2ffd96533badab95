"""HTML, JSON and the letter's file name: complete, inert, and inside their folder."""

import json
import re
from html.parser import HTMLParser

import pytest

from agent.record.export import as_html, as_json, letter, letter_path
from agent.schema.decision import Condition, Decision, SheetFinding, Steps
from tests.support.hostile import CONTROL, HOSTILE, hostile_letter, hostile_sheet
from tests.support.sheets import APPEAL, REQUIREMENTS, quote, sheet


def decision() -> Decision:
    return Decision(
        initiative="claim-answers",
        version=2,
        draft="d1",
        shown="e" * 64,
        outcome="approve_with_conditions",
        approved_stage="pilot",
        conditions=(Condition(id="C1", text="Write it", owner="Bo", due="2027-01-31"),),
        private_note="for the office only",
        by="Ada",
        role="coordinator",
        at="2026-11-23T09:00:00Z",
    )


class Page(HTMLParser):
    """Every element and attribute of a page, and its text outside of the style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.counts: dict[str, int] = {}
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.counts[tag] = self.counts.get(tag, 0) + 1
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_words_cannot_change_the_shape_of_a_page(text: str) -> None:
    hostile, plain = (
        Page(as_html(hostile_sheet(t), hostile_letter(t), requirements=REQUIREMENTS))
        for t in (text, "plain words")
    )
    assert hostile.tags <= plain.tags | {"ul", "li", "p"}
    assert hostile.attributes == plain.attributes
    fixed = ("style", "meta", "title", "h1", "h2", "h3", "section", "table", "tr", "blockquote")
    assert {t: hostile.counts.get(t) for t in fixed} == {t: plain.counts.get(t) for t in fixed}
    assert not hostile.tags & {"script", "img", "svg", "a", "link", "iframe", "form"}
    raw = as_html(hostile_sheet(text), hostile_letter(text))
    assert not re.search(CONTROL, raw)


def test_raw_words_in_a_letter_given_from_elsewhere_are_inert() -> None:
    page = Page(as_html(sheet(), "\n\n".join(HOSTILE)))
    assert not page.tags & {"script", "img", "svg", "a", "iframe"}
    assert not page.attributes & {"href", "src", "onerror", "onload"}


def test_page_is_one_file_with_everything_on_it() -> None:
    html = as_html(
        sheet(),
        letter(sheet(), outcome="request_changes", requirements=REQUIREMENTS),
        requirements=REQUIREMENTS,
    )
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    assert f'http-equiv="Content-Security-Policy" content="{policy}"' in html
    assert html.index("Content-Security-Policy") < html.index("<style>")
    assert "url(" not in html
    text = Page(html).text
    for said in (
        "Draft, not decided",
        "Refused claims are closed after ten days.",
        "TRUST-03",
        "A way to appeal",
        "stage is pilot",
        "answers in Danish",
        "GOAL-2",
        "autonomous",
        "behaviours known for 9 of 61 entries",
        "An unproven claim",
        "c" * 64,
        "Set aside (2)",
        "stated by the team",
    ):
        assert said in text
    assert "between us" not in text


def test_an_overlap_stands_on_the_page_facet_by_facet() -> None:
    page = " ".join(re.sub(r"<[^>]+>", " ", as_html(sheet())).split())
    assert "It does the same job and lacks answers in Danish." in page
    assert "Behind it: Mira Holt; a pilot" in page
    assert "Last review: triage-24, version 2, was approved with conditions on 2026-03-02;" in page
    assert "1 condition is open: Ask the works council." in page
    assert "Facet Likeness This proposal CAP-014" in page
    assert "purpose similar It sorts claims by urgency." in page
    assert "Sorts post." in page
    assert "users same does not say does not say" in page


def test_bad_quotes_are_marked_on_the_page() -> None:
    finding = APPEAL.model_copy(update={"citations": (quote("never said", check="bad"),)})
    of = sheet().model_copy(update={"findings": (SheetFinding(finding=finding),)})
    text = Page(as_html(of)).text
    assert re.search(r"never said\s+BAD: these words do not stand in proposal", text)


def test_a_decided_page_says_who_decided_what() -> None:
    text = Page(as_html(sheet().model_copy(update={"decided": decision()}))).text
    assert "Approved with conditions for pilot" in " ".join(text.split())
    assert "Decided by Ada (coordinator), 2026-11-23T09:00:00Z." in text
    assert "C1 Write it" in text
    assert "not decided" not in text
    assert "for the office only" not in text


def test_json_holds_draft_steps_and_decision_without_private_notes() -> None:
    text = as_json(sheet(), decision())
    data = json.loads(text)
    assert list(data) == [
        "schema",
        "draft",
        "effective",
        "findings",
        "unmet",
        "requirements",
        "steps",
        "decision",
    ]
    assert data["draft"]["schema"] == "concord.draft/1"
    assert data["decision"]["outcome"] == "approve_with_conditions"
    assert data["steps"]["dismissed"][0]["note"] == "secret reason"
    assert "private_note" not in data["steps"] | data["decision"]
    assert "between us" in as_json(sheet(), private=True)
    assert json.loads(as_json(sheet()))["decision"] is None
    assert as_json(sheet(), decision()) == text


def test_json_round_trips_into_the_types() -> None:
    data = json.loads(as_json(sheet(), decision(), private=True))
    assert Decision.model_validate(data["decision"]) == decision()
    assert Steps.model_validate(data["steps"]) == sheet().steps


def test_json_holds_no_control_bytes() -> None:
    steps = Steps(private_note="a\x1b[31mb\u202ec", note_to_team="\u200bd")
    data = json.loads(as_json(sheet(steps=steps), private=True))
    assert data["steps"]["private_note"] == "abc"
    assert data["steps"]["note_to_team"] == "d"


@pytest.mark.parametrize(
    ("initiative", "path"),
    [
        ("claim-answers", "decisions/claim-answers-v2.md"),
        ("Größe.1_a", "decisions/Größe.1_a-v2.md"),
    ],
)
def test_letter_path_of_a_plain_name(initiative: str, path: str) -> None:
    assert str(letter_path(initiative, 2)) == path


@pytest.mark.parametrize(
    "initiative",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "a/b",
        "a b",
        ".hidden",
        "..",
        "",
        "a\\b",
        "a\x00b",
        "n" * 300,
    ],
)
def test_letter_path_stays_in_decisions(initiative: str) -> None:
    path = letter_path(initiative, 1)
    assert path.parts[0] == "decisions"
    assert len(path.parts) == 2
    assert re.fullmatch(r"\w[\w.-]*-[0-9a-f]{8}-v1\.md", path.name)
    assert len(path.name) < 110


def test_names_that_had_to_be_changed_never_meet() -> None:
    names = ["a b", "a/b", "a-b", "a  b", "a\\b"]
    assert len({letter_path(n, 1) for n in names}) == len(names)
