"""The audit finds each kind of tampering with the file, and stays quiet about honest use."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from agent.errors import RecordError, SettingsError
from agent.record.audit import AuditReport, verify
from agent.record.journal import parse_receipt
from agent.record.recall import show
from agent.record.store import Store, open_store
from agent.schema.decision import FieldEdit, Steps
from tests.support.office_days import TEXT, decision_on, draft_of, drafted, hand_in


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reviews.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as opened:
        yield opened


def work(store: Store) -> None:
    """One of everything that the journal knows."""
    draft = drafted(store)
    f = draft.findings[0].id
    edit = FieldEdit(finding=f, field="ask", after="Name the office to write to.")
    store.take("triage", Steps(edits=(edit,), note_to_team="Nearly there"), "ana")
    store.claim("triage", "ana")
    store.decide(decision_on(draft), "# Letter to the team")
    store.exported("triage", 1, form="letter", path="d/t.md", sha256="1" * 64, actor="ana")
    store.decide(decision_on(draft, outcome="reject"), "# Sorry", corrects=True)
    store.release("triage", "ana")
    deferred = drafted(store, "bot")
    store.decide(decision_on(deferred, outcome="defer"), "")
    store.save_draft(draft_of("bot", knowledge="k2"), {}, "ana")
    store.save_draft(deferred, {}, "ana")


def tamper(path: Path, *statements: str) -> None:
    """As somebody with the file and sqlite3 would: guards off, change, guards back on."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type='trigger'").fetchall()
        for name, _ in guards:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert db.execute(statement).rowcount != 0, f"nothing altered: {statement}"
        for _, sql in guards:
            db.execute(sql)


def problems(store: Store) -> str:
    report = verify(store)
    assert not report.ok
    return " ".join(report.problems)


def test_honest_work_passes(store: Store) -> None:
    assert verify(store) == AuditReport((), 0, "0" * 64, ())
    work(store)
    report = verify(store)
    assert report.problems == ()
    assert report.receipt == store.receipt()
    assert report.entries == 14


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE journal SET actor='eve' WHERE seq=2", "Entry 2 (drafted) was altered"),
        ("UPDATE journal SET at='2020-01-01' WHERE seq=3", "Entry 3 (edited) was altered"),
        ("UPDATE journal SET actor=x'00ff' WHERE seq=2", "Entry 2 (drafted) was altered"),
        ("DELETE FROM journal WHERE seq=5", "Entry 5 is missing"),
        ("UPDATE journal SET seq=99 WHERE seq=14", "Entry 14–98 is missing"),
        ("UPDATE version SET title='Other' WHERE initiative='triage'", "altered: title"),
        ("UPDATE version SET sha256=(SELECT sha256 FROM blob LIMIT 1)", "altered: sha256"),
        ("DELETE FROM version WHERE initiative='bot'", "vouches for a row that is gone"),
        ("UPDATE draft SET digest='0' WHERE initiative='triage'", "altered: digest"),
        ("UPDATE draft SET outcome='approve' WHERE initiative='triage'", "does not fit its digest"),
        ("UPDATE draft SET counts='{}' WHERE initiative='triage'", "does not fit its digest"),
        ("UPDATE draft SET state='superseded' WHERE initiative='triage'", "marked superseded"),
        ("UPDATE draft SET state='current' WHERE initiative='triage'", "marked current"),
        ("UPDATE draft SET evidence_sha256=NULL", "altered: evidence_sha256"),
        ("DELETE FROM draft_text", "cited texts of the draft of entry 2 were altered"),
        ("UPDATE edit SET kind='dismissed' WHERE kind='edited'", "altered: kind"),
        ("UPDATE edit SET initiative='bot' WHERE kind='note'", "altered: initiative"),
        ("DELETE FROM edit WHERE kind='note'", "Entry 4 (note) vouches for a row that is gone"),
        ("UPDATE decision SET outcome='approve' WHERE corrects IS NULL", "altered: outcome"),
        ("UPDATE decision SET actor='eve' WHERE corrects IS NOT NULL", "altered: actor"),
        ("DELETE FROM decision WHERE outcome='defer'", "vouches for a row that is gone"),
        ("UPDATE blob SET bytes=x'00' WHERE media='text/plain'", "was altered"),
        ("UPDATE blob SET bytes='text' WHERE media='text/plain'", "was altered"),
        ("UPDATE blob SET bytes='{}' WHERE media='application/json'", "lost what it said"),
        ("UPDATE blob SET bytes=NULL WHERE media='text/markdown'", "without a journalled"),
        ("UPDATE blob SET media='text/html' WHERE media='text/markdown'", "marked text/html"),
        ("UPDATE edit SET slot='note team' WHERE kind='edited'", "altered: slot"),
        ("UPDATE edit SET finding='x' WHERE kind='edited'", "altered: slot"),
        ("DELETE FROM initiative WHERE id='bot'", "The row of the initiative `bot` is gone"),
        ("INSERT INTO initiative VALUES ('ghost', '2026')", "`ghost` was never handed in"),
        ("UPDATE initiative SET at='2020' WHERE id='bot'", "`bot` was altered: at"),
        ("DROP TABLE step", ""),
    ],
)
def test_tampering_is_found(store: Store, path: Path, statement: str, found: str) -> None:
    work(store)
    tamper(path, statement)
    if found:
        assert found in problems(store)
    else:  # a cache, no record
        assert verify(store).ok


def test_a_row_that_nobody_journalled_is_found(store: Store, path: Path) -> None:
    work(store)
    tamper(
        path,
        "INSERT INTO edit SELECT 1, initiative, version, kind, slot, finding, payload_sha256, "
        "actor, at, 'forged' FROM edit LIMIT 1",
    )
    assert "names entry 1, which does not vouch for it" in problems(store)


def test_a_missing_guard_is_found(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER decision_no_update")
    assert "guard `decision_no_update`" in problems(store)


def test_a_kept_receipt_finds_truncation_and_rewriting(store: Store, path: Path) -> None:
    work(store)
    receipt = store.exported("bot", 1, form="md", path="b", sha256="2" * 64, actor="ana")
    assert verify(store, parse_receipt(str(receipt))).ok
    assert verify(store, parse_receipt(receipt.full)).ok
    tamper(path, f"DELETE FROM journal WHERE seq={receipt.count}")
    assert verify(store).ok, "a cut at the end is invisible without a receipt"
    assert "entries were cut off" in " ".join(verify(store, (receipt.head, 15)).problems)
    store.exported("bot", 1, form="json", path="b", sha256="2" * 64, actor="ana")
    assert "was rewritten" in " ".join(verify(store, (receipt.head, 15)).problems)
    earlier = store.history("triage")[1].entry.receipt
    assert verify(store, (earlier.head[:8], earlier.count)).ok


@pytest.mark.parametrize(
    "text", ["", "abc:3", "0123abcd", "0123abcd:x", "zzzzzzzz:1", f"{'a' * 65}:1"]
)
def test_what_is_no_receipt_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="no receipt"):
        parse_receipt(text)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET actor='eve'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq=1",
        "INSERT INTO journal SELECT 90, kind, actor, at, initiative, version, payload_sha256, "
        "'k', 'p', 'h' FROM journal WHERE seq=1",
        "UPDATE version SET title='x'",
        "DELETE FROM version",
        "UPDATE edit SET actor='eve'",
        "DELETE FROM edit",
        "UPDATE decision SET outcome='approve'",
        "DELETE FROM decision",
        "UPDATE draft SET digest='x'",
        "UPDATE draft SET state='current' WHERE state='decided'",
        "DELETE FROM draft",
        "DELETE FROM draft_text",
        "UPDATE blob SET bytes=x'00'",
        "UPDATE blob SET sha256='x', bytes=NULL",
        "DELETE FROM blob",
        "DELETE FROM initiative",
    ],
)
def test_the_database_itself_refuses_changes(store: Store, path: Path, statement: str) -> None:
    work(store)
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as db,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        db.execute(statement)
    assert verify(store).ok


def test_redaction_leaves_the_chain_valid_and_no_byte_behind(store: Store, path: Path) -> None:
    secret = b"The claimant is Jane Roe of Elm Street.\n" * 200
    sha = store_secret(store, secret)
    store.put_step("reading", '{"quote":"Jane Roe"}')
    store.redact(sha, "Names a person", "dpo")
    first = store.receipt()
    assert store.redact(sha, "Names a person", "dpo") == first == store.receipt()
    report = verify(store)
    assert report.ok
    assert report.redacted == (sha,)
    with pytest.raises(RecordError, match="was redacted"):
        store.raw("private")
    assert store.pending() == []
    assert hand_in(store, "private", secret) == 1, "handing it in again does not bring it back"
    with pytest.raises(RecordError, match="was redacted"):
        store.raw("private")
    left = b"".join(p.read_bytes() for p in path.parent.iterdir())
    assert b"Jane Roe" not in left


def store_secret(store: Store, secret: bytes) -> str:
    hand_in(store, "private", secret)
    return store.version("private").sha256


def test_redaction_needs_a_reason_and_a_known_hash(store: Store) -> None:
    hand_in(store)
    with pytest.raises(RecordError, match="needs a reason"):
        store.redact(store.version("triage").sha256, " ", "dpo")
    with pytest.raises(RecordError, match="Nothing in the record has the hash"):
        store.redact("0" * 64, "because", "dpo")


def test_everything_of_a_decision_may_be_redacted(store: Store) -> None:
    work(store)
    for sha in show(store, "triage").contents:
        store.redact(sha, "The whole case is sealed", "dpo")
    assert verify(store).problems == ()
    recall = show(store, "triage")
    assert (recall.raw, recall.draft, recall.decisions[0].decision) == (None, None, None)
    assert [r.payload for r in recall.entries] == [None] * len(recall.entries)
    with pytest.raises(RecordError, match="redacted"):
        store.current("triage")
    assert store.inbox()[0].initiative == "triage"


def test_a_sheet_can_be_rebuilt_a_year_later(store: Store) -> None:
    work(store)
    hand_in(store, raw=b"second")
    recall = show(store, "triage", 1)
    assert recall.raw == TEXT
    assert recall.draft == draft_of("triage")
    assert recall.texts == {"TRUST-03": "People can appeal."}
    assert recall.steps.note_to_team == "Nearly there"
    assert [d.letter for d in recall.decisions] == ["# Letter to the team", "# Sorry"]
    assert recall.decisions[1].corrects == recall.decisions[0].seq
    assert [r.entry.kind for r in recall.entries] == [
        "submitted",
        "drafted",
        "edited",
        "note",
        "taken",
        "decided",
        "exported",
        "corrected",
        "released",
    ]
    assert "signs nobody in" in recall.identity
    assert show(store, "triage").version.n == 2
    assert show(store, "triage").draft is None
