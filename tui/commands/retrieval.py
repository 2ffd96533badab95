"""`concord eval retrieval`: search with known counterparts, print how often it was right."""

import tempfile
from pathlib import Path

from agent.errors import SettingsError
from agent.intake.source import show_path
from agent.settings import Settings, load_settings
from agent.wiring import embedder_of
from evals import page as pages
from evals.page import Page
from evals.retrieval import measure, report
from evals.retrieval.corpus import Corpus, split
from evals.retrieval.register import DEMO_REGISTER, Register, Variant, load_register
from knowledge.relation import load_relation
from knowledge.snapshot import Problem
from tui.files import save
from tui.out import Progress, put, put_json, say

SOME_FAILED = 4
TOLD = 50
"""Bad rows that are named one by one."""
HTML = (".html", ".htm")
MARKDOWN = (".md", ".markdown")


def run(
    catalogue: Path | None,
    queries: Path | None,
    variant: Variant,
    to: Path | None,
    draws: int,
    seed: int,
    office: Path | None,
    as_json: bool,
) -> int:
    if to is not None:
        require_ending(to)
    settings = load_settings(office)
    catalogue, queries = _files(catalogue, queries)
    register = load_register(catalogue, queries, variant)
    corpora, unseen = split(register, show_path(str(queries)))
    problems = tell((*register.problems, *unseen))
    found = _answers(corpora, register, settings)
    result = measure.result(found, variant, draws, seed)
    page = report.page(result)
    if to is not None:
        write(to, page)
    if as_json:
        put_json(result)
    else:
        put(pages.text(page).rstrip("\n"))
    return SOME_FAILED if problems else 0


def _files(catalogue: Path | None, queries: Path | None) -> tuple[Path, Path]:
    """Both as given, or those that ship."""
    if catalogue is not None and queries is not None:
        return catalogue, queries
    if catalogue is None and queries is None:
        say("no files given: the made-up register that ships is measured; too small to judge by")
        return DEMO_REGISTER / "catalogue.csv", DEMO_REGISTER / "queries.jsonl"
    raise SettingsError("give both --catalogue and --queries, or neither")


def _answers(corpora: list[Corpus], register: Register, settings: Settings) -> measure.Answers:
    say(
        f"{len(register.queries)} queries, {len(register.records)} records; "
        f"indexes to build, by what a query may see: {len(corpora)}"
    )
    with (
        tempfile.TemporaryDirectory(prefix="concord-eval-") as scratch,
        Progress("measuring") as progress,
    ):
        embedder = embedder_of(settings, say)
        relation = load_relation(settings.relation if settings.office else None)
        return measure.answers(corpora, embedder, relation, Path(scratch), say, progress)


def tell(problems: tuple[Problem, ...]) -> int:
    """Rows that are not used, on stderr, the first ones one by one; how many."""
    for problem in sorted(problems)[:TOLD]:
        say(str(problem))
    if len(problems) > TOLD:
        say(f"… and {len(problems) - TOLD} more")
    if problems:
        say(
            "1 row is in no figure"
            if len(problems) == 1
            else f"{len(problems)} rows are in no figure"
        )
    return len(problems)


def require_ending(to: Path) -> None:
    """SettingsError before any work: markdown in a file of another name opens in no program."""
    if to.suffix.lower() not in (*HTML, *MARKDOWN):
        raise SettingsError(f"--report {to}: name a file that ends in .html or .md")


def write(to: Path, page: Page) -> None:
    """HTML by its ending, else markdown with its pictures beside it."""
    if to.suffix.lower() in HTML:
        save(to, pages.html(page))
    else:
        places = [to.with_name(f"{to.stem}-{plot.name}.svg") for plot in page.plots]
        for plot, place in zip(page.plots, places, strict=True):
            save(place, plot.svg)
        save(to, pages.markdown(page, [place.name for place in places]))
    say(f"report: {to}")
