"""What only a process of its own shows: streams, signals, encodings, terminals."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.support.command_line import Answer, call, objects, one_sentence, run

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
