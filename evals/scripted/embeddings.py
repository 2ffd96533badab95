"""Vectors from a script: an embeddings endpoint that is deterministic and can misbehave.

It hashes words, so that texts which share words are near each other; it understands nothing. A
script for `ModelServer`.
"""

import hashlib
import json
import math
import re
import threading
from collections.abc import Mapping
from typing import Final, Literal

from evals.scripted.reply import Reply, busy, error, raw
from evals.scripted.server import Asked

Fault = Literal[
    "busy", "failed", "refused", "wider", "uneven", "nan", "fewer", "twice", "words", "half", "page"
]
PLACES: Final = 4
"""Numbers of a vector that a word moves."""
_WORD: Final = re.compile(r"\w+")


class Vectors:
    """Answers each embeddings request; `faults` by its number from 1, or `always` the same."""

    def __init__(
        self,
        dimension: int = 64,
        faults: Mapping[int, Fault] | None = None,
        always: Fault | None = None,
    ) -> None:
        self.dimension = dimension
        """May be changed while it serves: another model behind the same name."""
        self.always = always
        self._faults = dict(faults or {})
        self._lock = threading.Lock()
        self._number = 0
        self.embedded: list[str] = []
        """Texts whose vectors were sent whole, in the order of the requests."""

    def __call__(self, asked: Asked) -> Reply:
        with self._lock:
            self._number += 1
            fault = self._faults.get(self._number, self.always)
        if fault in _REFUSALS:
            return _REFUSALS[fault]
        size = int(asked.body.get("dimensions") or self.dimension) + (fault == "wider")
        rows = [vector(text, size) for text in asked.inputs]
        if fault is None:
            with self._lock:
                self.embedded += asked.inputs
        return _answer(rows, str(asked.body["model"]), fault)


def vector(text: str, dimension: int) -> list[float]:
    """Hashed words, of length 1 unless there is no word; not the same length as sent."""
    row = [0.0] * dimension
    for word in _WORD.findall(text.lower()):
        seed = hashlib.sha256(word.encode()).digest()
        for place in range(PLACES):
            at, sign = int.from_bytes(seed[4 * place : 4 * place + 3], "big"), seed[4 * place + 3]
            row[at % dimension] += 1 if sign % 2 else -1
    length = math.sqrt(sum(number * number for number in row))
    return [2 * number / length for number in row] if length else row


def _answer(rows: list[list[float]], model: str, fault: Fault | None) -> Reply:
    """The rows last first, as an endpoint may: `index` says which is which."""
    if fault == "uneven":
        rows[-1].append(0.0)
    if fault == "nan":
        rows[0][0] = math.nan
    data = [{"object": "embedding", "index": i, "embedding": row} for i, row in enumerate(rows)]
    if fault == "fewer":
        data = data[1:]
    if fault == "twice":
        data[0]["index"] = len(rows) - 1 if len(rows) > 1 else 5
    if fault == "words":
        data[0]["embedding"] = ["no", "numbers"]
    content = {"object": "list", "data": data[::-1], "model": model, "usage": {"total_tokens": 1}}
    body = json.dumps(content).encode()
    return Reply(body=body, manner="cut") if fault == "half" else raw(body)


_REFUSALS: Final[Mapping[Fault | None, Reply]] = {
    "busy": busy("0"),
    "failed": error(500, "the model fell over"),
    "refused": error(400, "this text is not allowed"),
    "page": Reply(body=b"<!doctype html>", headers={"Content-Type": "text/html"}),
}
