"""Options that several commands share, so that they mean the same everywhere."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class FailOn(StrEnum):
    error = "error"
    warning = "warning"
    note = "note"
    never = "never"


class Format(StrEnum):
    letter = "letter"
    json = "json"
    html = "html"


Office = Annotated[
    Path | None,
    typer.Option(
        "--office", help="The workspace; else CONCORD_OFFICE, else the nearest concord.toml."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Machine-readable output on stdout.")]
Reader = Annotated[
    str | None,
    typer.Option(
        "--reader",
        metavar="rules|llm|both",
        help="Who reads; else CONCORD_READER, else both where a model is named, else rules.",
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run", help="Print what would be sent to the model, and to whom; send nothing."
    ),
]
By = Annotated[
    str | None, typer.Option("--by", help="Who acts; else CONCORD_USER, else the OS user.")
]
VersionNumber = Annotated[
    int | None,
    typer.Option("--version-number", min=1, metavar="N", help="Which version; else the newest."),
]
Initiative = Annotated[str, typer.Argument(metavar="ID", help="The initiative's id.")]


def leave(code: int) -> None:
    """End with this exit code; 0 goes on quietly."""
    if code:
        raise typer.Exit(code)
