"""The options of `concord search`, with their help."""

from typing import Annotated

import typer

from tui.options import Json, Office, leave


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT|FILE",
            help="Words, a proposal file (searched by its purpose, as a review does), or - for"
            " the words on stdin. What is a file counts as one.",
        ),
    ],
    kind: Annotated[
        list[str] | None,
        typer.Option(
            help="capability, policy, requirement, goal, pattern, asset, precedent or all; may be"
            " repeated. Each kind is ranked by itself. Default: capability."
        ),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(help="planned, pilot, production, retired or unstated; may be repeated."),
    ] = None,
    team: Annotated[
        list[str] | None,
        typer.Option(help="Whole words of a team's name; may be repeated."),
    ] = None,
    audience: Annotated[
        list[str] | None,
        typer.Option(help="Who uses it: customers, employees, ...; may be repeated."),
    ] = None,
    top: Annotated[
        int, typer.Option("--top", "-k", min=1, max=200, help="Entries of each kind.")
    ] = 10,
    as_text: Annotated[
        bool, typer.Option("--text", help="Search for words even if a file has that name.")
    ] = False,
    office: Office = None,
    as_json: Json = False,
) -> None:
    """What the organisation already has that is near a text, best first, and why it was found.

    What has the very text as its id or title comes first. A score tells how far an entry stands
    out among all of its kind; compare it within a kind. Filters count before the ranking is cut:
    -k 5 --team claims gives the five nearest of that team.
    """
    from tui.commands.search import Wanted, run

    wanted = Wanted(kind or (), status or (), team or (), audience or (), top)
    leave(run(words, wanted, office, as_text=as_text, as_json=as_json))
