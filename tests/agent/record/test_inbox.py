"""What later proposals are compared with: whoever still waits, and what has a last word."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.record.store import Store, open_store
from tests.support.office_days import decision_on, draft_of, drafted


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "records" / "reviews.db") as opened:
        yield opened


def test_what_is_put_off_or_sent_back_is_still_pending(store: Store) -> None:
    for name in ("approved", "changes", "deferred"):
        drafted(store, name)
    store.decide(decision_on(draft_of("approved"), outcome="approve"), "yes")
    store.decide(decision_on(draft_of("changes"), outcome="request_changes"), "please")
    store.decide(decision_on(draft_of("deferred"), outcome="defer"), "later")
    assert [r.initiative for r in store.pending()] == ["changes", "deferred"]
    assert [r.initiative for r in store.decided()] == ["approved"]
