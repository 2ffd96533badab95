"""Serves the script over HTTP on loopback and keeps what it was sent, without keys.

One thread a connection; standard library only. It checks every request before the script sees it.
"""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final

from evals.scripted.reply import Reply, completion, error, tokens
from evals.scripted.request import embeddings_problems, request_problems

PATH: Final = "/v1/chat/completions"
EMBEDDINGS: Final = "/v1/embeddings"
_PROBLEMS: Final = {PATH: request_problems, EMBEDDINGS: embeddings_problems}
DRIP_SECONDS: Final = 0.02


@dataclass(frozen=True)
class Asked:
    """A request as it arrived; whoever sent it, its key is not kept."""

    number: int
    """From 1, in the order of arrival."""
    path: str
    headers: dict[str, str]
    """Names in lower case, without authorization."""
    authorized: bool
    """The key was the one expected; true when none is."""
    body: dict[str, Any]

    @property
    def messages(self) -> list[dict[str, Any]]:
        return list(self.body.get("messages", ()))

    @property
    def inputs(self) -> list[str]:
        """The texts of an embeddings request."""
        return list(self.body.get("input", ()))

    @property
    def tools(self) -> tuple[str, ...]:
        return tuple(tool["function"]["name"] for tool in self.body.get("tools", ()))

    @property
    def schema(self) -> str:
        """The name of the schema that the answer must fit; empty: none was named."""
        wanted = self.body.get("response_format") or {}
        return str(wanted.get("json_schema", {}).get("name", ""))

    @property
    def text(self) -> str:
        """All that the model would read."""
        return "\n".join(map(_text, self.messages))


Script = Callable[[Asked], Reply]


class ModelServer:
    """`with ModelServer(script) as server:` serves until the end of the block.

    The script is a function of the request (called in the thread of its connection), or replies
    that are given in turn; when they are used up, the answer is 404.
    """

    def __init__(self, script: Script | Iterable[Reply], key: str = "", *, port: int = 0) -> None:
        """`key`: when given, any other is answered with 401. `port` 0: any that is free."""
        self._script = script if callable(script) else _in_turn(script)
        self._key = key
        self._lock = threading.Lock()
        self._prefixes: set[str] = set()
        self.asked: list[Asked] = []
        self.refused: list[str] = []
        """What requests had against the published API, `place: reason`."""
        self.usage: list[dict[str, int]] = []
        """`input`, `cached`, `output` of each completion that was sent."""
        self.connections = 0
        self.stopping = threading.Event()
        self._http = _Listener(self, port)
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def port(self) -> int:
        return int(self._http.server_address[1])

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> "ModelServer":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def answer(self, path: str, headers: dict[str, str], raw: bytes) -> tuple[Reply, bytes]:
        """The reply of the script, or the API's error, and the body to send."""
        authorized = headers.pop("authorization", "") == f"Bearer {self._key}" or not self._key
        try:
            body = json.loads(raw)
        except ValueError:
            body = None
        with self._lock:
            asked = Asked(
                len(self.asked) + 1,
                path,
                headers,
                authorized,
                body if isinstance(body, dict) else {},
            )
            self.asked.append(asked)
        reply = self._fault(asked, raw) or self._script(asked)
        if reply.message is None:
            return reply, reply.body
        return reply, completion(reply, str(asked.body["model"]), self._spend(asked, reply))

    def _fault(self, asked: Asked, raw: bytes) -> Reply | None:
        if not asked.authorized:
            return error(401, "the key is not valid", code="invalid_api_key")
        if asked.path not in _PROBLEMS:
            return error(404, f"no such path: {asked.path}")
        problems = list(_PROBLEMS[asked.path](raw))
        self.refused += problems
        if not problems:
            return None
        return error(400, problems[0], about=problems[0].split(":")[0].split(".")[0])

    def _spend(self, asked: Asked, reply: Reply) -> dict[str, int]:
        """A first message that was seen before counts as cached."""
        texts = [_text(message) for message in asked.messages]
        said = json.dumps(reply.message)
        with self._lock:
            cached = tokens(texts[:1]) if texts[0] in self._prefixes else 0
            self._prefixes.add(texts[0])
            spent = {"input": tokens(texts), "cached": cached, "output": tokens([said])}
            self.usage.append(spent)
        return spent


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, model: ModelServer, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.model = model

    def get_request(self) -> Any:
        made = super().get_request()
        self.model.connections += 1
        return made

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): text for name, text in self.headers.items()}
        reply, body = self.server.model.answer(self.path, headers, raw)
        stopping = self.server.model.stopping
        if stopping.wait(reply.delay) or reply.manner == "silent":
            stopping.wait()
            self.close_connection = True
            return
        self._head(reply, body)
        if reply.manner == "drip":
            while not stopping.wait(DRIP_SECONDS):
                self.wfile.write(body)
        self.wfile.write(body[: len(body) // 2] if reply.manner == "cut" else body)

    def _head(self, reply: Reply, body: bytes) -> None:
        self.send_response(reply.status)
        for name, text in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, text)
        if reply.manner == "whole":
            self.send_header("Content-Length", str(len(body)))
        else:
            self.send_header("Content-Length", str(1 << 20))
            self.close_connection = True
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are kept, not printed."""


def _in_turn(replies: Iterable[Reply]) -> Script:
    left = deque(replies)
    lock = threading.Lock()

    def script(_: Asked) -> Reply:
        with lock:
            return left.popleft() if left else error(404, "the script has no reply left")

    return script


def _text(message: dict[str, Any]) -> str:
    """All that the model would read of a message."""
    content = message.get("content") or ""
    if isinstance(content, list):
        content = "".join(part.get("text", "") for part in content)
    calls = message.get("tool_calls")
    return str(content) + (json.dumps(calls) if calls else "")
