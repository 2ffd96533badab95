"""Search by words: what counts as a term, and BM25 over the passages of one kind.

Owns the tokens and the BM25 arithmetic (bm25s does the index). Terms are whole lower-cased words
without the commonest English ones; a query's repeated words count once, which was better on real
pairs (recall@1 .863 against .843) than counting them, and than stemming.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from knowledge.counted import K1, B, Counted
from knowledge.quiet import quietly

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_COMMONEST = """
a an and are as at be been being but by can for from has have if in into is it its may more most no
not of on or other our such than that the their them then there these they this to was we were which
will with you your also
"""
STOP_WORDS: Final = frozenset(_COMMONEST.split())
VERSION: Final = "terms-2"
"""Part of the index format."""

_MARKS: Final = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff\u0f71-\u0fbc\u1000-\u109f\u1780-\u17d3"
)
"""Vowel signs and other marks that belong to the letter before them, and the letters beside them;
for `re` a sign is no part of a word, and Hindi or Thai would fall into single consonants."""
WORD: Final = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\U00020000-\U0003ffff]+"
)


def terms(text: str) -> list[str]:
    """The terms of a text in order, repeated ones included."""
    if text.isascii():
        return [
            word for word in WORD.findall(text.lower()) if len(word) > 1 and word not in STOP_WORDS
        ]
    folded = unicodedata.normalize("NFKC", text).lower()
    found: list[str] = []
    for word in WORD.findall(folded):
        if word.isascii():
            if len(word) > 1 and word not in STOP_WORDS:
                found.append(word)
        else:
            found.extend(_unspaced(word))
    return found


def _unspaced(word: str) -> Iterator[str]:
    """Scripts without spaces give overlapping pairs of characters; other words themselves."""
    at = 0
    for run in _UNSPACED.finditer(word):
        if run.start() > at:
            yield word[at : run.start()]
        letters = run.group()
        yield from (letters[i : i + 2] for i in range(max(1, len(letters) - 1)))
        at = run.end()
    if at < len(word):
        yield word[at:]


class Lexical:
    """BM25 over a fixed list of documents, and over further ones with the same statistics."""

    def __init__(self, index: Any, documents: int, average: float, counted: Counted | None) -> None:
        """`index` is a bm25s.BM25, or None when no document has any term; `counted` is None where
        it was left on disk: only the next build asks for it."""
        self._index = index
        self._documents = documents
        self._average = average or 1.0
        self._counted = counted

    @classmethod
    def build(
        cls, documents: Sequence[Sequence[str]], before: tuple[Lexical, Sequence[int]] | None = None
    ) -> Lexical:
        """Index the documents, given as their terms.

        `before`: an index and, for each document in order, its number in there, or -1 for the next
        of `documents`, which then holds the new ones alone. The outcome is the same.
        """
        counted = Counted.of(documents)
        if before is not None:
            old, places = before
            assert old._counted is not None
            counted = old._counted.with_new(counted, places)
        with quietly():
            import bm25s  # type: ignore[import-untyped]  # ships no types

        number = len(counted.starts) - 1
        if not len(counted.ids):
            return cls(None, number, 0.0, counted)
        index = bm25s.BM25(k1=K1, b=B)
        index.vocab_dict = {word: at for at, word in enumerate(counted.words)}
        index.scores, index.nonoccurrence_array = counted.scores(), None
        return cls(index, number, len(counted.ids) / number, counted)

    def save(self, folder: Path) -> None:
        """Write into a new folder."""
        import numpy as np

        assert self._counted is not None
        folder.mkdir()
        about = {"documents": self._documents, "average": self._average}
        (folder / "about.json").write_text(json.dumps(about), encoding="utf-8")
        np.save(folder / "terms.npy", self._counted.ids)
        np.save(folder / "starts.npy", self._counted.starts)
        if self._index is not None:
            self._index.save(folder / "bm25", show_progress=False)

    @classmethod
    def load(cls, folder: Path, *, whole: bool = True) -> Lexical:
        """Read what `save` wrote; OSError, ValueError or KeyError when it is damaged. Without
        `whole` only what a search needs."""
        with quietly():
            import bm25s
        import numpy as np

        about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
        index, counted = None, None
        if (folder / "bm25").is_dir():
            index = bm25s.BM25.load(folder / "bm25", load_corpus=False, show_progress=False)
        if whole:
            words = list(index.vocab_dict) if index else []
            counted = Counted(words, np.load(folder / "terms.npy"), np.load(folder / "starts.npy"))
        return cls(index, int(about["documents"]), float(about["average"]), counted)

    def scores(self, query: Sequence[str]) -> NDArray[np.float32]:
        """One score a document; every term of the query counts once."""
        import numpy as np

        known = [] if self._index is None else self._known(query)
        if not known:
            return np.zeros(self._documents, dtype=np.float32)
        found: NDArray[np.float32] = self._index.get_scores_from_ids(known)
        return found

    def score(self, query: Sequence[str], document: Sequence[str]) -> float:
        """What a document outside the index would score, with the index's word frequencies."""
        counts = Counter(document)
        room = K1 * (1 - B + B * len(document) / self._average)
        return sum(
            self._rarity(word) * counts[word] / (room + counts[word])
            for word in sorted(set(query) & counts.keys())
        )

    def own(self, query: Sequence[str]) -> float:
        """What the query scores against itself: the most that a document could share."""
        return self.score(query, query)

    def _known(self, query: Sequence[str]) -> list[int]:
        numbers = self._index.vocab_dict
        return [numbers[word] for word in sorted(set(query)) if word in numbers]

    def _rarity(self, word: str) -> float:
        holding = 0
        if self._index is not None and word in self._index.vocab_dict:
            number, starts = self._index.vocab_dict[word], self._index.scores["indptr"]
            holding = int(starts[number + 1]) - int(starts[number])
        return math.log(1 + (self._documents - holding + 0.5) / (holding + 0.5))
