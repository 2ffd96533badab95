"""`concord search`: what the organisation already has that is near a text."""

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

SEARCHED = ("capability", "requirement", "goal", "pattern", "asset")


def run(text: str, kinds: Sequence[str], top: int, office: Path | None, as_json: bool) -> int:
    for kind in kinds:
        if kind not in SEARCHED:
            raise SettingsError(f"--kind {kind}: no such kind; there are {', '.join(SEARCHED)}")
    settings = load_settings(office)
    query = _query(text)
    with Progress("indexing") as progress:
        library = open_library(settings, say, progress)
    hits = library.index.search(query, kinds=cast("Sequence[EntryKind]", kinds), k=top)
    for hit in hits:
        entry = library.knowledge.entries[hit.entry]
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
                passage = " ".join(hit.passages[0].text.split())
                put(wrapped(passage[:240], " " * 11))
    if not hits:
        say("nothing is near that text")
    return 0


def _query(text: str) -> str:
    """The words given, or the text of the file they name."""
    path = Path(text)
    if len(text) < 1024 and path.suffix and path.exists():
        proposal = parse(read_source(path), str(path))
        return proposal.source.text[proposal.body :]
    return clean(text).text
