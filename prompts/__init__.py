"""Prompt templates, one markdown file a purpose, and the one way to fill them.

Owns rendering and the fingerprint of all texts. Decides nothing of what is put in: untrusted values
stand only inside the fences that a template draws, and whoever renders it chooses the marker.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent
ENDING = ".md.j2"


def render(name: str, **values: object) -> str:
    """The text of `name`.md.j2; a variable that is not given is an error (jinja2's).

    Nothing is escaped: a prompt is no page. A value is put in as it is and is no template itself.
    """
    return _environment().get_template(name + ENDING).render(**values)


def names() -> tuple[str, ...]:
    """The purposes there are prompts for."""
    return tuple(sorted(path.name.removesuffix(ENDING) for path in FOLDER.glob("*" + ENDING)))


@cache
def fingerprint() -> str:
    """Hash of every prompt: a changed word is another reading."""
    seen = hashlib.sha256()
    for name in names():
        seen.update(name.encode() + b"\0" + (FOLDER / (name + ENDING)).read_bytes() + b"\0")
    return seen.hexdigest()[:16]


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(FOLDER),
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
