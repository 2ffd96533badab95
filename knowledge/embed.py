"""The embedding functions by name: text in, L2-normalised vectors out.

Owns the table of embedders and the check of what they return. Heavy imports stand inside the
functions; nothing here is loaded by `concord check` or `--help`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from knowledge.errors import KnowledgeError
from knowledge.quiet import quietly

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

    from knowledge.endpoint_embedder import Vectors

NAMES: Final = ("chroma", "openai", "wordllama")
WORDLLAMA_DIMENSION = 256
_TOKENS_AT_ONCE = 4096


class Embedder(Protocol):
    """Turns texts into vectors; the same text gives the same vector, whatever stands beside it."""

    @property
    def name(self) -> str:
        """Model and dimension: vectors of different names are never mixed."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, of length 1; a text without any known word is a row of zeros."""


class WordLlamaEmbedder:
    """Static token vectors that ship inside the wordllama wheel: no network, no torch."""

    name = f"wordllama-l2_supercat-{WORDLLAMA_DIMENSION}"
    dimension = WORDLLAMA_DIMENSION

    def __init__(self, vectors: NDArray[np.float32], tokenizer: Tokenizer) -> None:
        """`vectors` has one row a token of `tokenizer`."""
        self.vectors = vectors
        self._tokenizer = tokenizer

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text, as rows of `vectors`."""
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [encoding.ids for encoding in encodings]

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Mean of the token vectors, normalised; each text by itself, so rows never influence
        each other."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, ids in zip(rows, self.pieces(texts), strict=True):
            for start in range(0, len(ids), _TOKENS_AT_ONCE):
                row += self.vectors[ids[start : start + _TOKENS_AT_ONCE]].sum(axis=0)
            length = float(np.sqrt(np.dot(row, row)))
            if length > 0:
                row /= length
        return rows


@runtime_checkable
class Sends(Protocol):
    """An embedder that sends texts to another machine."""

    host: str
    """`host:port`, for people."""
    at_once: int
    """Texts that it sends side by side: vectors are kept after so many."""


def load_embedder(
    name: str = "wordllama",
    *,
    asked: Vectors | None = None,
    cache: Path | None = None,
    say: Callable[[str], None] | None = None,
) -> Embedder:
    """The embedder of this name. KnowledgeError: unknown name, or its files are missing.

    `asked` and `cache` are for `openai`: the endpoint, and where its dimension is kept. `say` takes
    a sentence before anything is downloaded, and for each wait.
    """
    if name == "openai":
        from knowledge.endpoint_embedder import EndpointEmbedder

        if asked is None or cache is None or not asked.model:
            raise KnowledgeError("the embedder `openai` needs `model` in [embedding]")
        return EndpointEmbedder(asked, cache, say or _say_nothing)
    if name == "chroma":
        from knowledge.minilm import MiniLm

        return MiniLm(say or _say_nothing)
    if name != "wordllama":
        raise KnowledgeError(f"unknown embedder `{name}`; known: {', '.join(NAMES)}")
    return _load_wordllama()


def embed_checked(embedder: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Embed, and refuse what cannot be indexed: wrong shape, NaN or infinite values."""
    import numpy as np

    if not texts:
        return np.zeros((0, embedder.dimension), dtype=np.float32)
    rows = np.asarray(embedder.embed(texts), dtype=np.float32)
    if rows.shape != (len(texts), embedder.dimension):
        raise KnowledgeError(
            f"the embedder {embedder.name} returned {' × '.join(map(str, rows.shape))} numbers for "
            f"{len(texts)} texts of dimension {embedder.dimension}; nothing was indexed"
        )
    if not np.isfinite(rows).all():
        raise KnowledgeError(
            f"the embedder {embedder.name} returned values that are no numbers (NaN or infinite); "
            "nothing was indexed"
        )
    return rows


@cache
def _load_wordllama() -> WordLlamaEmbedder:
    with quietly():
        import wordllama  # type: ignore[import-untyped]  # ships no types

    package = Path(wordllama.__file__).parent
    try:
        # its own search looks for the tokenizer in the wrong folder of its wheel
        model = wordllama.WordLlama.load(
            cache_dir=package, dim=WORDLLAMA_DIMENSION, disable_download=True
        )
    except FileNotFoundError as error:
        raise KnowledgeError(
            f"the embedding model of the wordllama package is incomplete ({error}); reinstall it"
        ) from error
    tokenizer = model.tokenizer
    tokenizer.no_padding()
    return WordLlamaEmbedder(model.embedding, tokenizer)


def _say_nothing(_: str) -> None:
    """For a caller that has nobody to tell."""
