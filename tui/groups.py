"""Commands that have commands below them: `audit` and `eval`; names and options only."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tui.options import Initiative, Json, Office, VersionNumber, leave

audit_app = typer.Typer(help="Verify the record, or rebuild what a decision rested on.")
eval_app = typer.Typer(help="Measure the drafts, and how well overlap is found.")


class Variant(StrEnum):
    without_title = "without_title"
    with_title = "with_title"


_EXISTS = "What exists: .jsonl or .csv with id, title, description."
_ASKED = "Descriptions: .jsonl or .csv with id, text, gold_ids (empty: none)."
_DEMO = "Neither file: the register that ships."
Catalogue = Annotated[Path, typer.Option("--catalogue", metavar="FILE", help=_EXISTS)]
Queries = Annotated[Path, typer.Option("--queries", metavar="FILE", help=_ASKED)]
MaybeCatalogue = Annotated[
    Path | None, typer.Option("--catalogue", metavar="FILE", help=f"{_EXISTS} {_DEMO}")
]
MaybeQueries = Annotated[Path | None, typer.Option("--queries", metavar="FILE", help=_ASKED)]
Wording = Annotated[
    Variant, typer.Option("--variant", help="Which wording of a query that has both is used.")
]
Page = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE", help="Also write a page with plots: .html or .md."),
]
Draws = Annotated[
    int,
    typer.Option(
        "--bootstrap", min=0, max=100_000, metavar="N", help="Resamples for the intervals."
    ),
]
Keep = Annotated[
    bool, typer.Option("--save", help="Write the office's relation.json, which reviews then use.")
]
Seed = Annotated[int, typer.Option(min=0, help="Of the resamples.")]


@audit_app.command("verify")
def audit_verify(
    expect: Annotated[
        str | None, typer.Option(metavar="HEAD:COUNT", help="A receipt that you kept elsewhere.")
    ] = None,
    office: Office = None,
    as_json: Json = False,
) -> None:
    """Recompute the chain and compare everything it vouches for."""
    from tui.commands.audit import verify

    leave(verify(expect, office, as_json))


@audit_app.command("show")
def audit_show(
    initiative: Initiative,
    version: VersionNumber = None,
    full: Annotated[
        bool, typer.Option("--full", help="Every finding, quote and trail, and former letters.")
    ] = False,
    office: Office = None,
    as_json: Json = False,
) -> None:
    """What a decision rested on, rebuilt from the record alone."""
    from tui.commands.audit import show as show_record

    leave(show_record(initiative, version, office, as_json, full))


@eval_app.command("run")
def eval_run(
    directory: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="Past initiatives; default: the demo's.")
    ] = None,
    reader: Annotated[str, typer.Option(help="rules.")] = "rules",
    report: Annotated[Path | None, typer.Option(help="Also write a markdown report here.")] = None,
    as_json: Json = False,
) -> None:
    """Review past initiatives and compare the drafts with what people decided."""
    from tui.commands.evaluate import run

    leave(run(directory, reader, report, as_json))


@eval_app.command("retrieval")
def eval_retrieval(
    catalogue: MaybeCatalogue = None,
    queries: MaybeQueries = None,
    variant: Wording = Variant.without_title,
    report: Page = None,
    bootstrap: Draws = 2000,
    seed: Seed = 4,
    office: Office = None,
    as_json: Json = False,
) -> None:
    """How well overlap is found, and how true its probability is, beside simpler searches."""
    from tui.commands.retrieval import run

    leave(run(catalogue, queries, variant.value, report, bootstrap, seed, office, as_json))


@eval_app.command("calibrate")
def eval_calibrate(
    catalogue: Catalogue,
    queries: Queries,
    variant: Wording = Variant.without_title,
    report: Page = None,
    bootstrap: Draws = 2000,
    seed: Seed = 4,
    save: Keep = False,
    office: Office = None,
    as_json: Json = False,
) -> None:
    """Refit the probability of “the same system” on labelled pairs, and check how true it is."""
    from tui.commands.calibrate import run

    leave(run(catalogue, queries, variant.value, report, bootstrap, seed, save, office, as_json))
