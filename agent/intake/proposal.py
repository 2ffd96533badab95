"""A proposal file into a `Proposal`: decoded, cleaned, declared fields, sections, sentences.

Owns the order of these steps and the identity of the initiative; each step is a module of its own.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePath
from typing import Final

from agent.errors import ProposalError
from agent.intake.declared import IDENTIFIER, RESERVED, declare
from agent.intake.front import front_sentences
from agent.intake.language import readable
from agent.intake.source import read_source, require_size, show_path
from agent.intake.structure import Structure, read
from agent.schema.proposal import Proposal, Sentence
from knowledge.characters import SHOWN
from knowledge.frontmatter import FrontMatter, FrontMatterError
from knowledge.frontmatter import parse as parse_front_matter
from knowledge.text import CleanText, Hidden, clean, decode

__all__ = ["parse", "read_source"]

MOST_LINES: Final = 20_000


def parse(
    raw: bytes, path: str, initiative: str | None = None, facts: Collection[str] = ()
) -> Proposal:
    """The proposal that the bytes of a file hold; ProposalError says what cannot be read.

    `facts`: names of facts that only this office has, so that its front matter may state them.
    """
    shown = show_path(path)
    require_size(raw, shown)
    decoded, notes = decode(raw)
    source = clean(decoded)
    _require_content(source, shown)
    front = _front_matter(source.text, shown)
    declared, lines = declare(front, shown, facts)
    structure = read(source.text, front.body)
    stem = PurePath(path).stem
    return Proposal(
        initiative=initiative or declared.id or slug(stem),
        path=shown,
        sha256=hashlib.sha256(raw).hexdigest(),
        title=declared.title or _heading(structure) or clean(stem).text,
        source=source,
        declared=declared,
        declared_lines=lines,
        body=front.body,
        sections=tuple(structure.sections),
        sentences=_sentences(source, front, structure),
        hidden=_hidden(source, structure),
        readable=readable(source.text[front.body :]),
        notes=(*notes, *structure.notes),
    )


def slug(stem: str) -> str:
    """An initiative's id from a file name: letters, digits, `.`, `_`, `-`, at most 80 long."""
    name = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", clean(stem).text))
    name = re.sub(r"-{2,}", "-", name).strip("-._")[:80].strip("-._")
    if name.lower() in RESERVED:
        return f"{name}-md"
    if IDENTIFIER.fullmatch(name):
        return name
    digest = hashlib.sha256(stem.encode("utf-8", "surrogatepass")).hexdigest()
    return f"proposal-{digest[:8]}"


def _require_content(source: CleanText, shown: str) -> None:
    if not source.text.strip():
        raise ProposalError(
            f"{shown}: is empty: write what the system does, for whom, with which data, "
            "and who answers for it"
        )
    count = source.text.count("\n") + (not source.text.endswith("\n"))
    if count > MOST_LINES:
        raise ProposalError(
            f"{shown}: has {count:,} lines, more than {MOST_LINES:,}: "
            "a proposal is read by people, put data and logs beside it"
        )


def _front_matter(text: str, shown: str) -> FrontMatter:
    try:
        return parse_front_matter(text)
    except FrontMatterError as error:
        raise ProposalError(f"{shown}:{error.line}: {error.message}") from None


def _heading(structure: Structure) -> str:
    """The first heading of the highest rank in the first place, else the first heading."""
    titles = [section for section in structure.sections if section.path]
    first = next((section for section in titles if section.level == 1), None)
    found = first or (titles[0] if titles else None)
    return found.path[-1] if found else ""


def _sentences(source: CleanText, front: FrontMatter, structure: Structure) -> tuple[Sentence, ...]:
    return (*front_sentences(source, front), *structure.sentences)


def _hidden(source: CleanText, structure: Structure) -> tuple[Hidden, ...]:
    """What the cleaning took out and what a renderer would not show, in the order of the file."""
    found = list(source.hidden)
    for start, end, says in structure.hidden:
        line, col = source.position(start)
        found.append(Hidden("markup", line, col, end - start, says[:SHOWN]))
    return tuple(sorted(found, key=lambda hidden: (hidden.line, hidden.col, hidden.kind)))
