"""Chroma's own embedder: all-MiniLM-L6-v2 on onnxruntime, downloaded by Chroma on its first use.

Owns the notice before the download and what is said when it fails. No text leaves the machine.
"""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from knowledge.errors import Unavailable
from knowledge.quiet import quietly

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Say = Callable[[str], None]
SIZE: Final = "about 80 MB"
"""As Chroma's documentation says."""
FILES: Final = (
    "config.json",
    "model.onnx",
    "special_tokens_map.json",
    "tokenizer_config.json",
    "tokenizer.json",
    "vocab.txt",
)
"""What Chroma looks for before it downloads."""


class MiniLm:
    """Implements `Embedder`."""

    name = "chroma-all-MiniLM-L6-v2-384"
    dimension = 384

    def __init__(self, say: Say, folder: Path | None = None, url: str = "") -> None:
        """`folder`: where the model stands or goes, `url`: where it comes from; else Chroma's."""
        with quietly():
            from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2

        self._model: Any = ONNXMiniLM_L6_V2(preferred_providers=["CPUExecutionProvider"])
        if folder is not None:
            self._model.DOWNLOAD_PATH = folder
        if url:
            self._model.MODEL_DOWNLOAD_URL = url
        self._say, self._ready = say, False

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors; zeros for a text without any character."""
        import numpy as np

        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        full = [number for number, text in enumerate(texts) if text.strip()]
        if full:
            self._prepare()
            rows[full] = self._vectors([texts[number] for number in full])
        return rows

    def _prepare(self) -> None:
        """Download what is missing, after saying so. Unavailable: it cannot be had."""
        import httpx

        folder, url = Path(self._model.DOWNLOAD_PATH), str(self._model.MODEL_DOWNLOAD_URL)
        host = urlsplit(url).hostname
        if self._ready:
            return
        if not all((folder / "onnx" / name).exists() for name in FILES):
            self._say(
                f"The embedder `chroma` downloads its model ({SIZE}) from {host} once and keeps it"
                f" in {folder}; texts stay on this machine."
            )
        try:
            self._model._download_model_if_not_exists()
        except (httpx.HTTPError, OSError, ValueError, tarfile.TarError) as error:
            raise Unavailable(
                f"the model of the embedder `chroma` cannot be had from {host}"
                f" ({_sentence(error)}): try again with a network, put its files into"
                f" {folder / 'onnx'}, or set `embedder` in [search] to `wordllama`"
            ) from error
        self._ready = True

    def _vectors(self, texts: list[str]) -> NDArray[np.float32]:
        """Unavailable when the files are there and are no model."""
        import numpy as np

        try:
            return np.asarray(self._model(texts), dtype=np.float32)
        except BaseException as error:
            # what onnxruntime and tokenizers raise has no root of its own and no public name
            if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
                raise
            raise Unavailable(
                f"the model in {self._model.DOWNLOAD_PATH} cannot be used ({_sentence(error)}):"
                " remove that folder, and it is downloaded again"
            ) from error


def _sentence(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
