"""The desk's door to record and files: steps back and forth, what is typed, sources, exports."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.errors import DecisionError, RecordError, StaleDecision
from agent.schema.decision import Decision, Override, Steps
from agent.settings import load_settings
from tests.support.letters import ID, reviewed_office
from tests.support.office import LETTERS
from tui.desk.service import Desk, open_desk

PERSONAL = Override(kind="fact", id="data", to="personal", reason="Letters name their senders")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return reviewed_office(tmp_path / "office")


@pytest.fixture
def desk(office: Path) -> Iterator[Desk]:
    with open_desk(load_settings(office, by="ana", environ={})) as opened:
        yield opened


def test_undo_and_redo_re_run_the_rules(desk: Desk) -> None:
    plain = desk.open(ID)
    assert desk.undo(plain) is None
    corrected = desk.record(plain, Steps(overrides=(PERSONAL,)))
    assert corrected.sheet.effective.digest != plain.sheet.effective.digest
    undone = desk.undo(corrected)
    assert undone is not None
    assert undone[1] == "fact data set to personal"
    assert undone[0].sheet == plain.sheet
    redone = desk.redo(undone[0])
    assert redone is not None
    assert redone[0].sheet == corrected.sheet
    assert desk.withdraw(redone[0], "override fact data").sheet == plain.sheet


def test_steps_back_on_an_old_version_are_refused(desk: Desk) -> None:
    view = desk.record(desk.open(ID), Steps(overrides=(PERSONAL,)))
    raw = LETTERS.encode() + b"\nMore.\n"
    sha = hashlib.sha256(raw).hexdigest()
    desk.store.submit(initiative=ID, raw=raw, sha256=sha, path="l.md", title="L", actor="ana")
    for step in (desk.undo, desk.redo):
        with pytest.raises(StaleDecision, match="newer version 2"):
            step(view)
    with pytest.raises(StaleDecision, match="newer version 2"):
        desk.withdraw(view, "override fact data")


def test_what_is_typed_and_where_survives_the_desk(desk: Desk, office: Path) -> None:
    desk.keep_text(ID, 1, "note team", "Thank y")
    desk.keep_place(f"sheet {ID} f3")
    with open_desk(load_settings(office, by="ana", environ={})) as again:
        assert again.kept_texts(ID, 1) == {"note team": "Thank y"}
        assert again.place() == f"sheet {ID} f3"
        again.drop_text(ID, 1, "note team")
    assert desk.kept_texts(ID, 1) == {}
    with open_desk(load_settings(office, by="ben", environ={})) as other:
        assert (other.kept_texts(ID, 1), other.place()) == ({}, "")


def test_every_quoted_line_stands_where_the_source_says(desk: Desk) -> None:
    view = desk.open(ID)
    draft = view.sheet.effective
    cited = [c for r in draft.requirements for c in r.citations]
    cited += [c for f in draft.findings for c in f.citations]
    cited += [c for o in draft.overlaps for c in o.citations]
    assert cited
    for citation in cited:
        if citation.check == "bad" or citation.line_start is None:
            continue
        source = desk.source(view, citation.source)
        lines = source.lines
        if not source.one_line:
            assert citation.line_end is not None
            lines = lines[citation.line_start - source.first : citation.line_end + 1 - source.first]
        assert citation.quote in "\n".join(lines)
    for entry in view.evidence.entries():
        source = desk.source(view, entry.id)
        assert "\n".join(source.lines) == entry.source.text.rstrip("\n")
        if not source.one_line:
            file = (desk.settings.root / source.path).read_text(encoding="utf-8").split("\n")
            assert file[source.first - 1] == source.lines[0]
    own = desk.source(view, "proposal")
    assert (own.title, own.path, own.first) == ("Letters of refusal", f"proposals/{ID}.md", 1)
    assert own.lines[0] == "---"
    with pytest.raises(RecordError, match="no source `CAP-99`"):
        desk.source(view, "CAP-99")


def test_exports_stand_beside_the_letters_and_are_journalled(desk: Desk, office: Path) -> None:
    with pytest.raises(DecisionError, match="has no letter"):
        desk.export(ID, "letter")
    html = desk.export(ID, "html")
    data = desk.export(ID, "json")
    assert html.read_text(encoding="utf-8").startswith("<!")
    assert json.loads(data.read_text(encoding="utf-8"))["draft"]["initiative"] == ID
    view = desk.open(ID)
    decision = Decision(
        initiative=ID, version=1, draft=view.sheet.draft.id, shown="", outcome="reject", by="ana"
    )
    _, letter = desk.commit(desk.prepare(view, decision))
    text = letter.read_text(encoding="utf-8")
    letter.unlink()
    assert desk.export(ID, "letter") == letter
    assert letter.read_text(encoding="utf-8") == text
    exported = [r.payload["form"] for r in desk.history(ID) if r.entry.kind == "exported"]
    assert exported == ["html", "json", "letter"]
    assert sorted(p.name for p in (office / "decisions").iterdir()) == [
        f"{ID}-v1.html",
        f"{ID}-v1.json",
        f"{ID}-v1.md",
    ]
