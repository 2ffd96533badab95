"""`concord search`: what the organisation already has that is near a text."""

import os
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from agent.errors import SettingsError
from agent.intake.proposal import parse, read_source
from agent.settings import load_settings
from agent.wiring import open_library
from knowledge.text import clean
from knowledge.vocabulary import EntryKind
from tui.out import Progress, put, put_json, say, wrapped

FILES = (".md", ".markdown", ".txt")
EXTRACT = 240
"""Characters of a passage that a line of the result shows."""
SEARCHED = ("capability", "requirement", "goal", "pattern", "asset", "precedent")


def run(text: str, kinds: Sequence[str], top: int, office: Path | None, as_json: bool) -> int:
    for kind in kinds:
        if kind not in SEARCHED:
            raise SettingsError(f"--kind {kind}: no such kind; there are {', '.join(SEARCHED)}")
    settings = load_settings(office)
    query = _query(text)
    if not query.strip():
        raise SettingsError("nothing to search for: give some words, or a file")
    with Progress("indexing") as progress:
        library = open_library(settings, say, progress)
    hits = library.index.search(query, kinds=cast("Sequence[EntryKind]", kinds), k=top)
    for hit in hits:
        entry = library.searched.entries[hit.entry]
        if as_json:
            put_json(
                {
                    "entry": hit.entry,
                    "kind": hit.kind,
                    "title": entry.title,
                    "owner": entry.owner,
                    "score": round(hit.score, 3),
                    "dense": round(hit.dense, 3),
                    "lexical": round(hit.lexical, 3),
                    "path": entry.source.path,
                    "line": entry.source.line,
                }
            )
        else:
            put(f"{hit.entry:10} {hit.score:6.2f}  {entry.title}")
            put(f"{'':10} {entry.source.path}:{entry.source.line}  {entry.owner}")
            if hit.passages:
                put(wrapped(_extract(hit.passages[0].text, entry.title), " " * 11))
    if not hits:
        say("nothing is near that text")
    return 0


def _query(text: str) -> str:
    """The words given, or the text of the file they name."""
    if _names_a_file(text):
        proposal = parse(read_source(Path(text)), text)
        return proposal.source.text[proposal.body :]
    return clean(text).text


def _names_a_file(text: str) -> bool:
    """A file that is there, or what can only be meant as one: searched as words, a wrong name
    would find something all the same."""
    path = Path(text)
    if len(text.split()) == 1 and (path.suffix in FILES or os.sep in text.strip(os.sep)):
        return True
    return bool(path.suffix) and os.path.isfile(text)  # noqa: PTH113 - no error for a long text


def _extract(passage: str, title: str) -> str:
    """The start of a passage, without the title that stands above it, cut between words."""
    lines = [line.strip("# \t") for line in passage.split("\n")]
    while lines and lines[0].casefold() in ("", title.casefold()):
        del lines[0]
    return textwrap.shorten(" ".join(lines), EXTRACT, placeholder=" ...")
