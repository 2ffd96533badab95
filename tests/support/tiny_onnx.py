"""A real ONNX model of a few kilobytes in the place of all-MiniLM-L6-v2, for the way to it.

It looks up one vector a word: `Gather(table, input_ids)`. The bytes are the published format.
"""

import random
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from knowledge.minilm import FILES

WORDS = "[PAD] [UNK] reads invoices bills of vendors plans routes for vans overnight".split()
DIMENSION = 384
_FLOAT, _INT64 = 1, 7


def prepare(folder: Path) -> Path:
    """The files that Chroma looks for, below `folder`, which is returned."""
    model = folder / "onnx"
    model.mkdir(parents=True)
    for name in FILES:
        (model / name).write_text("{}")
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(model / "tokenizer.json"))
    (model / "model.onnx").write_bytes(_model())
    return folder


def _model() -> bytes:
    chance = random.Random(5)
    table = np.array(
        [[chance.gauss(0, 1) for _ in range(DIMENSION)] for _ in WORDS], dtype=np.float32
    )
    weights = (
        b"".join(_number(1, size) for size in table.shape)
        + _number(2, _FLOAT)
        + _text(8, "table")
        + _bytes(9, table.tobytes())
    )
    node = _text(1, "table") + _text(1, "input_ids") + _text(2, "out") + _text(4, "Gather")
    inputs = ("input_ids", "attention_mask", "token_type_ids")
    graph = (
        _bytes(1, node)
        + _text(2, "tiny")
        + _bytes(5, weights)
        + b"".join(_bytes(11, _value(name, _INT64, ("b", "s"))) for name in inputs)
        + _bytes(12, _value("out", _FLOAT, ("b", "s", DIMENSION)))
    )
    return _number(1, 8) + _bytes(8, _number(2, 13)) + _bytes(7, graph)


def _value(name: str, kind: int, shape: tuple[str | int, ...]) -> bytes:
    sizes = [_number(1, d) if isinstance(d, int) else _text(2, d) for d in shape]
    tensor = _number(1, kind) + _bytes(2, b"".join(_bytes(1, size) for size in sizes))
    return _text(1, name) + _bytes(2, _bytes(1, tensor))


def _text(field: int, text: str) -> bytes:
    return _bytes(field, text.encode())


def _bytes(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
