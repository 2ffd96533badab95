"""The `concord` command: names, options and exit codes. Stdout is data, stderr is talk.

Every command imports its work when it runs, so that `--help` and `check` stay quick. The last of
the four edges of the error rule is `main`: whatever happens, a person gets one sentence.
"""

import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from tui.decide_options import decide
from tui.groups import audit_app, eval_app
from tui.import_options import import_
from tui.knowledge_group import knowledge_app
from tui.options import (
    By,
    DryRun,
    FailOn,
    Format,
    Initiative,
    Json,
    Office,
    Reader,
    VersionNumber,
    leave,
)
from tui.search_options import search

app = typer.Typer(
    name="concord",
    help="Review AI initiative proposals against what the organisation already has and asks for.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(audit_app, name="audit", no_args_is_help=True)
app.add_typer(eval_app, name="eval", no_args_is_help=True)
app.add_typer(knowledge_app, name="knowledge", no_args_is_help=True)


def _version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        typer.echo(f"concord {version('concord')}")
        raise typer.Exit


@app.callback()
def concord(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Review AI initiative proposals; a person decides."""


@app.command()
def demo(
    into: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="Where the demo office is made.")
    ] = Path("concord-demo"),
) -> None:
    """Make a demo office, an insurer, and review its eight proposals; offline, no key."""
    from tui.commands.demo import run

    leave(run(into))


@app.command()
def init(
    directory: Annotated[Path, typer.Argument(metavar="[DIR]")] = Path(),
    packs: Annotated[
        str | None,
        typer.Option(help="Comma-separated: policies, patterns, demo; `none` for empty folders."),
    ] = None,
) -> None:
    """Make a workspace: concord.toml, knowledge folders, and the starter packs you choose."""
    from tui.commands.init import run

    leave(run(directory, packs))


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Proposals; - is stdin.")],
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Least level that makes the exit code 1.")
    ] = FailOn.error,
    office: Office = None,
    as_json: Json = False,
) -> None:
    """What a team should mend before submitting, line by line; offline and quick."""
    from tui.commands.check import run

    leave(run(files, fail_on.value, office, as_json))


@app.command()
def index(
    office: Office = None,
    as_json: Json = False,
) -> None:
    """Read the knowledge and bring its index up to date (a review does this by itself)."""
    from tui.commands.index import run

    leave(run(office, as_json))


app.command("import")(import_)
app.command()(search)


@app.command()
def review(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Files and folders; default: proposals/."),
    ] = None,
    reader: Reader = None,
    dry_run: DryRun = False,
    office: Office = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Draft reviews of proposals and put them on record; goes on past a bad file."""
    from tui.commands.review import run

    leave(run(paths or [], office, by, as_json, reader=reader, dry_run=dry_run))


@app.command()
def twins(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH]...", help="Files and folders; default: all that waits in the office."
        ),
    ] = None,
    least: Annotated[
        float,
        typer.Option(metavar="P", min=0.01, max=0.99, help="Least chance of being the same thing."),
    ] = 0.2,
    office: Office = None,
    as_json: Json = False,
) -> None:
    """Waiting proposals that overlap, each pair once, and who should talk to whom."""
    from tui.commands.twins import run

    leave(run(paths or [], office, least, as_json))


@app.command("list")
def list_(
    state: Annotated[
        str | None, typer.Option(help="ready, deferred, with_team or decided.")
    ] = None,
    office: Office = None,
    as_json: Json = False,
) -> None:
    """The inbox: what waits for a decision first, oldest first; outcome, findings, age, holder."""
    from tui.commands.inbox import run

    leave(run(state, office, as_json))


@app.command()
def show(
    initiative: Initiative,
    office: Office = None,
    full: Annotated[
        bool, typer.Option("--full", help="Every requirement, quote and trail.")
    ] = False,
    version: VersionNumber = None,
    as_json: Json = False,
) -> None:
    """One draft: decision, outcome, findings with their quotes, checklist, overlaps, questions."""
    from tui.commands.show import run

    leave(run(initiative, office, full, as_json, version))


@app.command()
def desk(
    initiative: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="An initiative to open at once.")
    ] = None,
    office: Office = None,
    by: By = None,
) -> None:
    """The desk: read drafts and decide on the screen, with the keys; `?` there lists them."""
    from tui.commands.desk import run

    leave(run(initiative or "", office, by))


app.command()(decide)


@app.command()
def export(
    initiative: Initiative,
    format_: Annotated[Format, typer.Option("--format", "-f")] = Format.letter,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="A file; default: stdout, for a letter its file in decisions/."
        ),
    ] = None,
    version: VersionNumber = None,
    office: Office = None,
    by: By = None,
) -> None:
    """The letter, the JSON or one self-contained HTML file of a review."""
    from tui.commands.export import run

    leave(run(initiative, format_.value, out, version, office, by))


@app.command()
def schema(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="draft, decision, proposal, policy, ...")
    ] = None,
) -> None:
    """Print the JSON Schema of a format."""
    from tui.commands.schema import run

    leave(run(name))


def main() -> None:
    """Entry point: exit codes of CONTRACTS §8; no traceback reaches a person."""
    from tui.edge import guarded

    # Looking for plug-ins of pydantic reads the metadata of every package; there are none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Most of what a command makes are modules, which stay: to look through them for garbage again
    # and again would take a tenth of the time, and once more at the end.
    gc.set_threshold(50_000, 20, 100)
    code = guarded(lambda: app(standalone_mode=False))
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
