"""Past verdicts on a rule: counted once each, as they stand, and quick with a full record."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.record.past import PastVerdicts, past_verdicts
from agent.record.store import Store, open_store
from agent.schema.decision import Dismissal, FieldEdit, Steps
from agent.schema.draft import Unsupported
from tests.support.office_days import draft_of, drafted, finding, hand_in


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "reviews.db") as opened:
        yield opened


def judge(store: Store, initiative: str, verdict: str) -> None:
    f = drafted(store, initiative).findings[0].id
    edit = FieldEdit(finding=f, field="ask", after="Name it.")
    steps = {
        "accepted": Steps(accepted=(f,)),
        "edited": Steps(accepted=(f,), edits=(edit,)),
        "dismissed": Steps(edits=(edit,), dismissed=(Dismissal(finding=f, reason="wrong"),)),
    }
    store.take(initiative, steps[verdict], "ana")


def test_each_finding_counts_once_as_it_was_left(store: Store) -> None:
    assert past_verdicts(store, "TRUST-03") == PastVerdicts()
    verdicts = ["accepted", "dismissed", "accepted", "edited", "accepted", "accepted"]
    for n, verdict in enumerate(verdicts):
        judge(store, f"i{n}", verdict)
    drafted(store, "nobody-looked")
    judge(store, "undone", "accepted")
    store.undo("undone", "ana")
    judge(store, "own", "dismissed")
    found = past_verdicts(store, "TRUST-03", "own")
    assert (found.total, found.accepted, found.edited, found.dismissed) == (6, 4, 1, 1)
    newest = [(r.initiative, r.verdict) for r in found.newest]
    assert newest == [("i5", "accepted"), ("i4", "accepted"), ("i3", "edited")]
    assert past_verdicts(store, "TRUST-03").dismissed == 2
    assert past_verdicts(store, "owner.missing").total == 0


def test_unproven_findings_count_and_verdicts_follow_to_the_next_version(store: Store) -> None:
    hand_in(store)
    unproven = finding("triage", "goal.none")
    aside = (Unsupported(finding=unproven, reason="no quote"),)
    store.save_draft(draft_of(findings=(), unsupported=aside), {}, "ana")
    store.take("triage", Steps(accepted=(unproven.id,)), "ana")
    hand_in(store, raw=b"second")
    assert past_verdicts(store, "goal.none").accepted == 1
    store.withdraw("triage", f"verdict {unproven.id}", "ana")
    assert past_verdicts(store, "goal.none").total == 0


def test_many_initiatives_are_counted_at_once(store: Store) -> None:
    with store._writing() as conn:  # one transaction: one each would take seconds
        from agent.record import drafts, step_rows, versions
        from agent.schema.base import sha256

        at = "2026-11-24T08:00:00.000+00:00"
        for n in range(250):
            name = f"i{n:04d}"
            draft = draft_of(name)
            raw = name.encode()
            versions.submit(
                conn, initiative=name, raw=raw, sha256=sha256(name), path=f"{name}.md",
                title=name, actor="ana", at=at,
            )  # fmt: skip
            drafts.save(conn, draft, {}, drafts.Kept(), actor="ana", at=at)
            steps = Steps(accepted=(draft.findings[0].id,))
            step_rows.take(conn, name, 1, steps, by="ana", at=at)
    assert past_verdicts(store, "TRUST-03", "i0001").accepted == 249
    assert past_verdicts(store, "owner.missing").total == 0
