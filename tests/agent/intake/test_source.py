"""What is given as a proposal file and is none ends in one sentence, never in a hang."""

import os
import socket
import threading
from pathlib import Path

import pytest

from agent.errors import ProposalError
from agent.intake.proposal import read_source


def refusal(path: Path) -> str:
    with pytest.raises(ProposalError) as caught:
        read_source(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message


def test_reads_the_bytes_of_a_file_and_of_a_link_to_it(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"\xef\xbb\xbfa\r\n\xff")
    (tmp_path / "b.md").symlink_to(file)
    assert read_source(file) == read_source(tmp_path / "b.md") == b"\xef\xbb\xbfa\r\n\xff"


def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert "is a pipe" in refusal(tmp_path / "pipe.md")


def test_devices_folders_and_sockets(tmp_path: Path) -> None:
    assert "is a device" in refusal(Path("/dev/zero"))
    assert "is a folder" in refusal(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        assert "is a socket" in refusal(tmp_path / "s")


def test_links_that_lead_nowhere_or_round(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to(tmp_path / "b.md")
    (tmp_path / "b.md").symlink_to(tmp_path / "a.md")
    assert "in a circle" in refusal(tmp_path / "a.md")
    (tmp_path / "c.md").symlink_to(tmp_path / "gone.md")
    assert "no such file" in refusal(tmp_path / "c.md")


def test_names_that_no_file_has(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "gone.md")
    (tmp_path / "file").write_text("x")
    assert "not a folder" in refusal(tmp_path / "file" / "x.md")
    assert "too long" in refusal(tmp_path / ("x" * 300))
    with pytest.raises(ProposalError, match="no file name can have"):
        read_source(Path("a\0b"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("x")
    file.chmod(0)
    assert "may not be read" in refusal(file)


def test_the_cap_counts_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"x" * 1_048_576)
    assert len(read_source(file)) == 1_048_576
    file.write_bytes(b"x" * 1_048_577)
    assert "larger than 1 MiB" in refusal(file)


def test_a_file_that_grows_is_read_whole_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(b"x" * 1000)
    stop = threading.Event()

    def grow() -> None:
        with file.open("ab") as growing:
            while not stop.is_set():
                growing.write(b"y" * 100)
                growing.flush()

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        refused: list[str] = []
        for _ in range(100_000):  # the writer soon passes the cap: this ends long before
            if refused:
                break
            try:
                read_source(file)
            except ProposalError as error:
                refused.append(str(error))
    finally:
        stop.set()
        writer.join()
    assert refused
    assert all("changed while" in said or "larger than" in said for said in refused)


def test_control_characters_of_a_name_reach_no_screen(tmp_path: Path) -> None:
    with pytest.raises(ProposalError) as caught:
        read_source(tmp_path / "a\x1b[31m\nb.md")
    assert "\x1b" not in str(caught.value)
    assert "\n" not in str(caught.value)
