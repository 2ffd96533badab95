"""`concord search FILE`, or a proposal on stdin: what a review would send, and nothing else."""

from pathlib import Path

import pytest

from evals.scripted.embeddings import Vectors
from evals.scripted.server import ModelServer
from knowledge.index import HERE
from tests.support.catalogue import OFFICE, write
from tests.support.command_line import call, objects
from tests.support.ready import lay_index

PROPOSAL = """---
id: bills
data: personal
{line}
---
# Reading bills of vendors

The assistant reads secretive bills of vendors and books the amounts.
"""


@pytest.mark.parametrize(
    ("line", "never_for", "goes"),
    [
        ("", "", True),
        ("model: never", "", False),
        ("", "[model]\nnever_for = ['personal']\n", False),
    ],
)
@pytest.mark.parametrize("piped", [False, True])
def test_a_proposal_that_may_not_be_sent_is_searched_here(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    never_for: str,
    goes: bool,
    piped: bool,
) -> None:
    monkeypatch.setenv("CONCORD_EMBEDDING_KEY", "k")
    lay_index(write(tmp_path, OFFICE), tmp_path / ".concord" / "cache" / HERE)
    file = tmp_path / "bills.md"
    file.write_text(PROPOSAL.format(line=line), encoding="utf-8")
    with ModelServer(Vectors(32), key="k") as server:
        toml = f"[search]\nembedder = 'openai'\n[embedding]\nbase_url = '{server.base_url}'\n"
        (tmp_path / "concord.toml").write_text(f"{toml}model = 'small'\n{never_for}")
        text = file.read_text(encoding="utf-8")
        answer = (
            call("search", "-", "--json", office=tmp_path, stdin=text)
            if piped
            else call("search", file, "--json")
        )
        assert answer.code == 0, answer.err
        sent = "\n".join(text for asked in server.asked for text in asked.inputs)
    assert [row["id"] for row in objects(answer)[0]["results"]][:1] == ["CAP-1"]
    assert ("secretive" in sent) is goes
