"""The `concord` command for tests: in this process where quick, as a real process where it counts.

Both answer with the exit code and the bytes that reached stdout and stderr.
"""

import io
import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tui.cli import app
from tui.edge import guarded

SCRIPT = Path(sysconfig.get_path("scripts")) / "concord"
MODULE = (sys.executable, "-P", "-m", "tui.cli")
"""`-P`: a workspace holds a `knowledge/` of its own, which must not shadow the package."""


@dataclass(frozen=True)
class Answer:
    """What a call left behind."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode("utf-8")

    @property
    def err(self) -> str:
        return self.stderr.decode("utf-8")


def call(*words: object, office: Path | None = None, stdin: str = "") -> Answer:
    """In this process, through the same edge as the console script."""
    given = [str(word) for word in words]
    if office is not None:
        given += ["--office", str(office)]
    out, err = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(out, "utf-8", write_through=True))
        patch.setattr(sys, "stderr", io.TextIOWrapper(err, "utf-8", write_through=True))
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8"))
        code = guarded(lambda: app(given, prog_name="concord", standalone_mode=False))
        # Closing the text streams would close the bytes that the answer is read from.
        return Answer(code, out.getvalue(), err.getvalue())


def run(
    *words: object,
    office: Path | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    command: Sequence[object] = MODULE,
    patience: float = 120,
) -> Answer:
    """As a process of its own."""
    given = [str(word) for word in (*command, *words)]
    if office is not None:
        given += ["--office", str(office)]
    done = subprocess.run(
        given,
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        timeout=patience,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def one_sentence(answer: Answer) -> str:
    """The last line of stderr, which must be a plain sentence: no traceback, no log file."""
    assert "Traceback" not in answer.err, answer.err
    assert "unexpected failure" not in answer.err, answer.err
    assert answer.err.endswith("\n")
    return answer.err.rstrip("\n").rpartition("\n")[2]


def objects(answer: Answer) -> list[Any]:
    """Stdout as one JSON object a line."""
    return [json.loads(line) for line in answer.out.split("\n") if line]


def refused(answer: Answer, code: int, *said: str) -> None:
    """This exit code, nothing on stdout, one sentence on stderr that holds these words."""
    sentence = one_sentence(answer)
    assert answer.code == code, answer.err
    assert answer.out == ""
    for words in said:
        assert words in sentence
