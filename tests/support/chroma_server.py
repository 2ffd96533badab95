"""A real Chroma server on loopback (`chroma run`), and sockets that only look like one."""

import contextlib
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from knowledge.server import Where

START_SECONDS = 60


class ChromaServer:
    """A process with its own folder, for as long as the block lasts."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        program = Path(sys.executable).parent / "chroma"
        self._process = subprocess.Popen(
            [program, "run", "--path", folder, "--host", "127.0.0.1", "--port", str(self.port)],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def where(self, prefix: str, seconds: float = 20, writer: str = "") -> Where:
        """Collections of one test, apart from those of others."""
        return Where(self.url, prefix=prefix, token="t0ken", seconds=seconds, writer=writer)

    def __enter__(self) -> "ChromaServer":
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            with contextlib.suppress(OSError, urllib.error.URLError):
                urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=2).close()
                return self
            time.sleep(0.05)
        self.__exit__()
        raise AssertionError("the Chroma server did not start")

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()


@contextlib.contextmanager
def impostor(answer: bytes, every: float = 0.0) -> Iterator[tuple[int, list[bytes]]]:
    """A port that answers every request with these bytes, or one of them each `every` seconds; with
    none, never. Yields the port and what was sent to it."""
    heard: list[bytes] = []
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)

    def serve(peer: socket.socket) -> None:
        with peer, contextlib.suppress(OSError):
            peer.settimeout(5)
            heard.append(peer.recv(65536))
            if not every:
                peer.sendall(answer)
            for at in range(len(answer) if every else 0):
                peer.sendall(answer[at : at + 1])
                stop.wait(every)
            if not answer:
                stop.wait(5)

    def run() -> None:
        while not stop.is_set():
            with contextlib.suppress(TimeoutError):
                peers.append(threading.Thread(target=serve, args=(listener.accept()[0],)))
                peers[-1].start()

    peers: list[threading.Thread] = []
    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield int(listener.getsockname()[1]), heard
    finally:
        stop.set()
        thread.join()
        for peer in peers:
            peer.join()
        listener.close()
