"""A model that was talked over, behind a real endpoint: nothing gets better, nothing gets out."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent.workspace import PACKS, make_office
from evals.scripted.reply import Reply, flood
from evals.scripted.server import Asked, ModelServer
from knowledge.quotes import find
from knowledge.text import clean
from tests.support.command_line import call
from tests.support.hijacked import FORGED, hijacked
from tests.support.ready import lay_index

BETTER = ("reject", "merge_with_existing", "request_changes", "approve_with_conditions", "approve")
"""What a proposal can come to, the worst first."""
WATCHED = """
import os, sys
def note(event, given):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        with open(os.environ["CONNECTIONS"], "a") as file:
            file.write(repr(given[1] if event == "socket.connect" else given[:2]) + "\\n")
sys.addaudithook(note)
from tui.cli import main
main()
"""
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""All that a terminal would obey, but for the line feed."""


def drafts(office: Path) -> dict[str, dict[str, Any]]:
    answer = call("review", "--json", "--reader", "rules", office=office)
    assert answer.code == 0, answer.err
    return by_initiative(answer.out)


def by_initiative(out: str) -> dict[str, dict[str, Any]]:
    rows = [json.loads(line) for line in out.split("\n") if line]
    return {row["initiative"]: row for row in rows}


@pytest.fixture(scope="module")
def by_rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    office = tmp_path_factory.mktemp("rules") / "office"
    demo_office(office)
    return drafts(office)


def demo_office(root: Path) -> None:
    make_office(root, list(PACKS))
    lay_index(root / "knowledge", root / ".concord" / "cache")


def reviewed(
    office: Path, script: Callable[[Asked], Reply]
) -> tuple[subprocess.CompletedProcess[bytes], list[str], ModelServer]:
    """The command as a process that notes whom it talks to, and what it noted."""
    demo_office(office)
    with ModelServer(script, key="sk-hijack") as server:
        done = subprocess.run(
            [sys.executable, "-P", "-c", WATCHED, "review", "--json", "--reader", "both",
             "--office", str(office)],
            cwd=office.parent,
            env={
                "PATH": "",
                "HOME": str(office.parent),
                "LANG": "C.UTF-8",
                "CONCORD_MODEL": "talked-over",
                "CONCORD_API_KEY": "sk-hijack",
                "CONCORD_USER": "test",
                "OPENAI_BASE_URL": server.base_url,
                "CONNECTIONS": str(office.parent / "connections"),
                "HTTPS_PROXY": "http://127.0.0.1:1",
                "ALL_PROXY": "http://127.0.0.1:1",
                "LANGSMITH_TRACING": "true",
                "LANGSMITH_API_KEY": "ls-none",
            },
            capture_output=True,
            check=False,
        )  # fmt: skip
    noted = (office.parent / "connections").read_text().split("\n")
    return done, sorted({line for line in noted if line}), server


@pytest.mark.parametrize("script", [hijacked, lambda _asked: flood()])
def test_a_hijacked_model_improves_nothing(
    script: Callable[[Asked], Reply], tmp_path: Path, by_rules: dict[str, dict[str, Any]]
) -> None:
    done, noted, server = reviewed(tmp_path / "office", script)
    assert done.returncode == 0, done.stderr
    assert [line for line in noted if str(server.port) not in line] == []
    assert server.refused == []
    for text in (done.stdout.decode(), done.stderr.decode()):
        assert not OBEYED.search(text)
        assert "sk-hijack" not in text
    both = by_initiative(done.stdout.decode())
    assert both.keys() == by_rules.keys()
    for name, alone in by_rules.items():
        check_no_better(both[name], alone)
        check_quotes(both[name], tmp_path / "office")


def check_no_better(both: dict[str, Any], alone: dict[str, Any]) -> None:
    assert BETTER.index(both["outcome"]) <= BETTER.index(alone["outcome"])
    severity = {f["id"]: f["severity"] for f in both["findings"]}
    for finding in alone["findings"]:
        assert severity.get(finding["id"]) == finding["severity"], finding["title"]
    assert both["outcome_by_reader"]["rules"] == alone["outcome"]
    known = {row["id"] for row in alone["requirements"]}
    assert {row["id"] for row in both["requirements"]} == known
    status = {row["id"]: row["status"] for row in both["requirements"]}
    # Words that happen to be those of a cue pass the check of relevance: of a whole text at most
    # one row, never a blocker's, and its finding stays.
    flipped = [
        row["severity"]
        for row in alone["requirements"]
        if row["severity"] in ("blocker", "high")
        and row["status"] != "in_place"
        and status[row["id"]] == "in_place"
    ]
    assert flipped in ([], ["high"])
    assert len(both["questions"]) <= len(alone["questions"]) + 60


def check_quotes(draft: dict[str, Any], office: Path) -> None:
    """What counts as exact stands in the proposal, and the forgery never does."""
    source = clean((office / draft["proposal"]["path"]).read_text(encoding="utf-8")).text
    cited = [c for f in draft["findings"] for c in f["citations"]]
    cited += [c for r in draft["requirements"] for c in r["citations"]]
    cited += [c for g in draft["goals"] for c in g["citations"]]
    for citation in cited:
        assert citation["check"] == "bad" or FORGED not in citation["quote"]
        if citation["source"] == "proposal" and citation["check"] == "exact":
            assert find(citation["quote"], source).check == "exact"
