"""The options of `concord import`; names and help only."""

from pathlib import Path
from typing import Annotated

import typer

from tui.options import Json, Office, leave


def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="xlsx, csv, jsonl, pdf, docx, html or md."),
    ],
    kind: Annotated[
        str, typer.Option("--as", metavar="capability|policy|goal|asset", help="What it describes.")
    ],
    prefix: Annotated[str, typer.Option(help="Begins each id; else the file's name.")] = "",
    per: Annotated[
        str | None,
        typer.Option(
            metavar="file|heading", help="Of a document: one entry for which; else chosen."
        ),
    ] = None,
    mapping: Annotated[
        str, typer.Option(help="Of a table: a ready mapping by name, instead of a guess.")
    ] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=COLUMN", help="Of a table: the column of a field; repeatable."),
    ] = None,
    sheet: Annotated[str, typer.Option(help="Of a workbook: the sheet to read.")] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written; write nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Propose also what was dropped before.")
    ] = False,
    show_all: Annotated[bool, typer.Option("--all", help="List every entry.")] = False,
    office: Office = None,
    as_json: Json = False,
) -> None:
    """Documents and registers as drafts, with source and quote; they count once accepted.

    Of a policy, every English sentence with must, shall, is required to or may not becomes a
    requirement; other languages are not read for duties. A second import of the same file keeps
    what people edited and tells what is new, changed or gone.
    """
    from tui.commands.import_ import run

    leave(
        run(
            file,
            kind,
            office,
            as_json,
            prefix=prefix,
            per=per,
            mapping=mapping,
            columns=tuple(columns or ()),
            sheet=sheet,
            dry_run=dry_run,
            yes=yes,
            again=again,
            show_all=show_all,
        )
    )
