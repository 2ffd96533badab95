"""What a person is told of texts that go to a model: the plan, the first notice, the bill."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.scripted.server import ModelServer
from evals.scripted.stand_in import stand_in
from tests.support.command_line import Answer, call
from tests.support.office import propose, write_office
from tests.support.refusals import PROPOSAL

NAMES = ("letters", "parcels", "stamps")
PRICES = '[model]\nname = "m"\nprice_input = 10.0\nprice_cached = 1.0\nprice_output = 100.0\n'
MARKER = re.compile(r"\b[0-9a-f]{16}\b")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("CONCORD_MODEL", "CONCORD_READER", "CONCORD_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    settings = write_office(tmp_path / "office")
    (settings.root / "concord.toml").write_text(PRICES, encoding="utf-8")
    for name in NAMES:
        text = PROPOSAL.replace("id: letters", f"id: {name}").replace("of refusal", f"and {name}")
        propose(settings, name, text)
    return settings.root


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with ModelServer(stand_in) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        yield server


def done(answer: Answer) -> Answer:
    assert answer.code == 0, answer.err
    return answer


def planned(office: Path) -> set[str]:
    """The user message of each call that would be sent, without its marker."""
    answer = done(call("review", "--dry-run", "--json", office=office))
    rows = [json.loads(line) for line in answer.out.split("\n") if line]
    return {MARKER.sub("", row["user"]) for row in rows if not row["kept"]}


def sent(server: ModelServer) -> set[str]:
    """The user message that each call began with."""
    return {MARKER.sub("", asked.messages[1]["content"]) for asked in server.asked}


def test_a_dry_run_sends_nothing_and_prints_what_is_sent_then(
    office: Path, server: ModelServer
) -> None:
    plan = planned(office)
    assert (len(plan), server.asked) == (4 * len(NAMES), [])
    done(call("review", office=office))
    assert sent(server) == plan
    assert planned(office) == set()


def test_a_dry_run_knows_what_is_decided(office: Path, server: ModelServer) -> None:
    done(call("review", "--reader", "rules", office=office))
    done(call("decide", "parcels", "--outcome", "reject", office=office))
    told = done(call("review", "--dry-run", office=office)).err
    assert "parcels: nothing would be sent: this version is decided" in told
    plan = planned(office)
    done(call("review", office=office))
    assert sent(server) == plan
    assert len(plan) == 4 * (len(NAMES) - 1)


def test_the_first_upload_to_a_host_is_announced_once(office: Path, server: ModelServer) -> None:
    host = f"127.0.0.1:{server.port}"
    first, again = (done(call("review", office=office)).err for _ in range(2))
    assert f"are sent to {host} (model m)" in first
    assert "are sent to" not in again
    with ModelServer(stand_in) as other, pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_BASE_URL", other.base_url)
        assert f"are sent to 127.0.0.1:{other.port}" in done(call("review", office=office)).err


def test_the_bill_has_the_prices_of_the_office(office: Path, server: ModelServer) -> None:
    told = done(call("review", office=office)).err.rstrip("\n").split("\n")[-1]
    spent = [sum(u[name] for u in server.usage) for name in ("input", "cached", "output")]
    cost = ((spent[0] - spent[1]) * 10 + spent[1] * 1 + spent[2] * 100) / 1_000_000
    assert told == (
        f"model m: {len(server.usage)} calls, {spent[0]:,} tokens in ({spent[1]:,} cached),"
        f" {spent[2]:,} out, {cost:.4f} USD"
    )
    assert done(call("review", office=office)).err.endswith("out, 0.0000 USD\n")


@pytest.mark.usefixtures("server")
def test_a_draft_tells_who_read_it(office: Path) -> None:
    alone = "Read by the model m ALONE: what the rules find is left out; --reader both adds it."
    for reader, told in (("rules", ""), ("llm", alone), ("both", "Read by the rules and the mode")):
        printed = done(call("review", "--reader", reader, office=office)).out
        shown = done(call("show", "letters", office=office)).out
        assert ("Read by" in shown) is (told != "")
        assert told in " ".join(shown.split())
        assert (alone in " ".join(printed.split())) is (reader == "llm")
