"""What only a process of its own shows: streams, signals, encodings, terminals."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command_line import MODULE, Answer, call, objects, one_sentence, run
from tests.support.office import LETTERS, propose, write_office

ID = "injury-companion"


def test_the_console_script_runs(built_office: Path, tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("concord")
    answer = run("list", "--json", office=built_office, cwd=tmp_path, command=[script])
    assert answer.code == 0
    assert len(objects(answer)) == 8


def test_inside_a_workspace_its_knowledge_folder_shadows_nothing(built_office: Path) -> None:
    answer = run("show", "storm-visit-order", cwd=built_office)
    assert answer.code == 0
    assert answer.out.startswith("storm-visit-order")


def test_a_terminal_without_unicode_gets_escapes(built_office: Path) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii"}
    shown = run("show", ID, office=built_office, env=ascii_only)
    assert shown.code == 0
    assert "\\u201c" in shown.stdout.decode("ascii")
    draft = run("show", ID, "--json", office=built_office, env=ascii_only)
    assert objects(draft) == objects(call("show", ID, "--json", office=built_office))
    draft.stdout.decode("ascii")


def _shell(line: str, office: Path) -> Answer:
    concord = f"{sys.executable} -P -m tui.cli"
    words = ["bash", "-c", line.replace("concord", concord)]
    return run(env={"CONCORD_OFFICE": str(office)}, command=words)


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash for PIPESTATUS")
def test_a_reader_that_goes_away_ends_no_work(office: Path) -> None:
    file = office / "proposals/storm-visit-order.md"
    for n in range(3):
        shutil.copy(file, office / f"proposals/copy-{n}.md")
    for n in range(3):
        text = file.read_text().replace("id: ", f"id: copy-{n}-").replace("title: ", f"title: {n} ")
        (office / f"proposals/copy-{n}.md").write_text(text)
    gone = _shell("concord review | head -c 1; exit ${PIPESTATUS[0]}", office)
    assert (gone.code, gone.err.count("Traceback"), gone.err.count("Error")) == (0, 0, 0)
    assert "11 proposals" in gone.err
    assert call("list", office=office).out.count("\n") == 12


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_or_closed_stream_is_no_traceback(built_office: Path) -> None:
    full = _shell(f"concord show {ID} --full > /dev/full", built_office)
    assert full.code == 3
    assert one_sentence(full) == "concord: the output cannot be written: No space left on device"
    closed = _shell(f"concord show {ID} >&-", built_office)
    assert (closed.code, closed.err) == (0, "")
    silent = _shell("concord list 2>&-", built_office)
    assert silent.code == 0
    stdin = _shell("concord check - <&-", built_office)
    assert stdin.code == 2
    assert "closed" in one_sentence(stdin)


def _started(
    office: Path, *words: str, stdout: int, stderr: int, pipesize: int = -1
) -> subprocess.Popen[bytes]:
    """`pipesize`: bytes after which it waits for somebody to read."""
    command = [*MODULE, *words, "--office", str(office)]
    return subprocess.Popen(command, stdout=stdout, stderr=stderr, pipesize=pipesize)


def test_an_interrupt_in_the_middle_of_a_batch_keeps_what_was_finished(tmp_path: Path) -> None:
    office = write_office(tmp_path / "office")
    for n in range(30):
        propose(office, f"p{n}", LETTERS.replace("id: letters", f"id: p{n}"))
    process = _started(
        office.root,
        "review",
        "--json",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pipesize=1 << 13,
    )
    assert process.stdout
    first = json.loads(process.stdout.readline())
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.decode().endswith("concord: interrupted; what was finished is kept\n")
    finished = [first, *(json.loads(line) for line in out.split(b"\n") if line)]
    assert len(finished) < 30
    again = call("review", office=office.root)
    assert again.code == 0
    kept = re.search(r"(\d+) unchanged", again.err)
    assert kept
    assert int(kept[1]) >= len(finished), "what was printed was on record"
    assert call("audit", "verify", office=office.root).code == 0


def _on_a_terminal(office: Path, *words: str) -> str:
    """What a command writes to stderr when that is a terminal and stdout is none."""
    ours, theirs = pty.openpty()
    process = _started(office, *words, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux: the other end is closed
            break
        if not piece:
            break
        said += piece
    process.wait(timeout=60)
    os.close(ours)
    assert process.returncode == 0, said
    return said.decode()


def test_progress_is_for_terminals_only(tmp_path: Path) -> None:
    office = write_office(tmp_path / "office", indexed=False)
    for n in range(6):
        propose(office, f"p{n}", LETTERS.replace("id: letters", f"id: p{n}"))
    said = _on_a_terminal(office.root, "review", "--json")
    counted = [(int(a), int(b)) for a, b in re.findall(r"reviewing (\d+)/(\d+) p", said)]
    assert counted
    assert counted == sorted(counted)
    assert {total for _, total in counted} == {6}
    assert re.search(r"reviewing \d+/6 p\d+  ETA \d+:\d\d", said)
    assert "indexing" in said
    last = said.rpartition("6 proposals: ")
    assert last[0].endswith("\r\x1b[K"), "the line is wiped before anything else is said"
    piped = run("review", "--json", office=office.root)
    assert piped.code == 0
    assert "reviewing" not in piped.err
    assert "\x1b" not in piped.err + piped.out
