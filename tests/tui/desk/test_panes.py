"""What the panes say of a sheet with one of everything, at any width, whatever it holds."""

import re

import pytest

from agent.deciding import Opened
from agent.intake.proposal import parse
from agent.record.past import PastReview, PastVerdicts
from agent.schema.assessment import Covered
from agent.schema.decision import Sheet
from agent.schema.draft import Finding, ReaderStatus, RequirementRow
from agent.schema.evidence import Evidence
from tests.support.hostile import CONTROL, HOSTILE, hostile_sheet
from tests.support.sheets import REQUIREMENTS, draft, quote, sheet
from tui.desk.cells import cell, cut, hang
from tui.desk.items import Item, bad_count, decided_count, next_open
from tui.desk.lists import LISTS, items_of, row_of
from tui.desk.panes.detail import detail
from tui.desk.panes.head import head
from tui.desk.panes.preview import preview
from tui.desk.texts import span_of, text_of

LINES = "\n".join(f"Line {n} of the text." for n in range(1, 80))


def _opened(given: Sheet) -> Opened:
    proposal = parse(LINES.encode(), "proposals/claims.md", "claim-answers")
    evidence = Evidence(
        knowledge="k",
        facts=given.effective.facts,
        requirements=tuple(REQUIREMENTS.values()),
        patterns=(),
        applicable={},
        goals=(),
        capabilities=(),
        assets=(),
    )
    return Opened(given, proposal, evidence, "mark")


def _items(opened: Opened, number: int, *, unfold: bool = False) -> list[Item]:
    return items_of(number, opened, hide=False, unfold=unfold)


def _detail(item: Item, opened: Opened, at: int = 0, width: int = 76) -> str:
    return "\n".join(line.plain for line in detail(item, at, opened, width))


def test_findings_say_what_was_done_to_them() -> None:
    opened = _opened(sheet())
    rows = [row_of(item, opened, 78).plain for item in _items(opened, 1)]
    for word in ("- open", "+ edited", "x dismissed", "* added", "! outdated", "1 BAD", "BLOCKER"):
        assert any(word in row for row in rows), word
    assert "1 set aside without proof: enter shows it" in rows[-1]
    assert decided_count(opened) == (4, 6)
    assert bad_count(opened) == 1


def test_hiding_and_unfolding() -> None:
    opened = _opened(sheet())
    hidden = items_of(1, opened, hide=True, unfold=True)
    assert [item.kind for item in hidden].count("finding") == 4
    assert hidden[-1].kind == "unsupported"
    assert "It weighs nothing unless you accept it." in _detail(hidden[-1], opened)


def test_quotes_are_exact_close_or_bad_in_words() -> None:
    close = quote("Line 12 of the text.").model_copy(
        update={"check": "close", "claimed": "Line twelve of the text"}
    )
    finding = Finding(
        id="f",
        rule="TRUST-03",
        dimension="trust",
        severity="high",
        title="T",
        claim="C",
        ask="A",
        citations=(quote("Line 61 of the text.", 61), close, quote("never", check="bad")),
        readers=("rules", "llm"),
        confidence=0.9,
    )
    given = draft(findings=(finding,), unsupported=())
    opened = _opened(sheet(given).model_copy(update={"findings": (sheet(given).findings[0],)}))
    item = Item("finding", "f", opened.sheet.findings[0], finding.citations)
    exact = _detail(item, opened)
    assert "EXACT" in exact
    assert "   60  Line 60 of the text." in exact
    assert "   61> Line 61 of the text." in exact
    told = _detail(item, opened, at=1)
    assert "CLOSE  proposal line 12" in told
    assert "not word for word" in told
    assert "claimed Line twelve of the text" in told
    bad = _detail(item, opened, at=2)
    assert "BAD" in bad
    assert "these words do not stand there" in bad
    assert "claimed never" in bad


def test_an_absence_shows_where_it_was_looked_for() -> None:
    opened = _opened(sheet())
    item = next(i for i in _items(opened, 1) if i.id == "f-appeal")
    told = _detail(item, opened, at=1)
    assert "LOOKED proposal line 70: a rating changes no decision." in told
    assert "1 quoted, 1 looked at in vain" in told


def test_the_checklist_shows_both_readers_where_they_differ() -> None:
    split = RequirementRow(
        id="TRUST-01",
        applies="yes",
        applies_because="always",
        status="unclear",
        severity="blocker",
        readers={"rules": ReaderStatus(status="absent"), "llm": ReaderStatus(status="in_place")},
    )
    opened = _opened(sheet(draft(requirements=(split,))))
    item = _items(opened, 5)[0]
    assert "model: in place, rules: absent" in row_of(item, opened, 100).plain
    assert "[?] unclear" in row_of(item, opened, 100).plain
    assert "Readers differ" in _detail(item, opened)


def test_the_head_says_outcome_and_what_was_not_checked() -> None:
    coverage = {"overlap": Covered(state="not_checked"), "trust": Covered(state="partly")}
    given = sheet(draft(coverage=coverage))
    better = given.effective.model_copy(update={"outcome": "approve_with_conditions"})
    opened = _opened(given.model_copy(update={"effective": better}))
    lines = head(opened, "ana", 118).plain.split("\n")
    assert "held by ana" in lines[0]
    assert "4/6 decided  1 BAD" in lines[0]
    assert "suggested: request changes -> approve with conditions" in lines[1]


def test_coverage_is_named_in_the_head() -> None:
    coverage = {"overlap": Covered(state="not_checked"), "trust": Covered(state="partly")}
    told = head(_opened(sheet(draft(coverage=coverage))), "", 118).plain
    assert "NOT CHECKED: overlap; checked in part: trust" in told
    assert "everything was checked" in head(_opened(sheet(draft(coverage={}))), "", 118).plain


def test_what_became_of_the_rule_elsewhere() -> None:
    opened = _opened(sheet())
    past = PastVerdicts(4, 1, 1, (PastReview("AI-0104", "dismissed", "2026-01-01"),))
    lines = detail(_items(opened, 1)[0], 0, opened, 100, past=past)
    told = "\n".join(line.plain for line in lines)
    assert "6 past reviews of this rule: 4 accepted, 1 edited, 1 dismissed" in told


def test_the_next_open_finding_goes_round() -> None:
    items = _items(_opened(sheet()), 1)
    assert next_open(items, 0) == 2
    assert next_open(items, 2) == 0
    assert next_open([items[1]], 0) is None


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("width", [20, 76])
def test_hostile_words_stay_words(words: str, width: int) -> None:
    opened = _opened(hostile_sheet(words))
    shown = [head(opened, words, width).plain, preview(opened, width).plain]
    for number in LISTS:
        for item in _items(opened, number, unfold=True):
            row = row_of(item, opened, width)
            assert "\n" not in row.plain
            shown.append(row.plain)
            for at in range(max(len(item.proofs), 1)):
                shown += [line.plain for line in detail(item, at, opened, width)]
    assert not re.search(CONTROL, "".join(shown).replace("\n", ""))


def test_a_quote_is_found_in_its_lines_and_over_them() -> None:
    opened = _opened(sheet())
    text = text_of(opened, "proposal")
    assert text is not None
    over = quote("of the text.\nLine 13", 12).model_copy(update={"line_end": 13})
    span = span_of(text, over)
    assert span is not None
    assert (span.first, span.last) == (11, 12)
    assert text.lines[11][span.start :] == "of the text."
    assert text.lines[12][: span.end] == "Line 13"
    assert text_of(opened, "gone") is None


def test_cells_are_as_wide_as_they_should_be() -> None:
    assert cell("ab", 4) == "ab  "
    assert cell("日本語", 5) == "日本…"
    assert cut("a b\tc\x1b[31m", 20) == "a b c"
    assert hang("Ask  ", "one two three", 12).plain == "Ask  one two\n     three"
    assert hang("Ask  ", "one two three four five", 13, most=2).plain.count("\n") == 1
