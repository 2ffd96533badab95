"""Start-up of the command: `--help` and `check` against the command-line library alone."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.row import Row, environment, medians

CONCORD = Path(sys.executable).with_name("concord")
REPEATS = 15


def bench_help_and_check() -> Iterator[Row]:
    """A fresh process each; the reference imports the library that parses the command line."""
    with tempfile.TemporaryDirectory() as folder:
        proposal = Path(folder) / "proposal.md"
        proposal.write_text(proposal_text(lines=300), encoding="utf-8")
        bare, help_, check = medians(
            lambda: _run(folder, sys.executable, "-c", "import typer"),
            lambda: _run(folder, str(CONCORD), "--help"),
            lambda: _run(folder, str(CONCORD), "check", str(proposal)),
            repeats=REPEATS,
        )
    yield Row("concord --help", help_, 1.6, bare, "importing typer")
    yield Row("concord check, 300 lines", check, 3.5, bare, "importing typer")


def _run(folder: str, *command: str) -> None:
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command}: exit {done.returncode}: {done.stderr.decode()}")


def proposal_text(lines: int, first: int = 1) -> str:
    """A plain proposal of so many lines: prose, lists, a table, measures stated and planned. With
    another `first` number most of its sentences are others."""
    block = [
        "## Part {n}",
        "",
        "The assistant reads incoming claims and proposes a reserve to the adjuster, who decides.",
        "Customers are told in the first message that an automated system takes part.",
        "Logs are kept for {n} days and then deleted; a monthly report shows error rates.",
        "",
        "- An appeal goes to a person in the claims office within {n} working days.",
        "- Bias testing by age and region is planned for the second phase.",
        "",
        "| measure | target |",
        "|---|---|",
        "| handling time | minus {n} percent |",
        "",
    ]
    text = ["---", "title: Reserve proposals", "automation: recommend", "data: personal", "---"]
    text += ["# Reserve proposals", ""]
    number = first
    while len(text) < lines:
        text += [line.format(n=number) for line in block]
        number += 1
    return "\n".join(text[:lines]) + "\n"
