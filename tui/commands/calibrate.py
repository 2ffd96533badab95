"""`concord eval calibrate`: refit the probability of “the same system” on labelled pairs."""

import tempfile
from pathlib import Path

from agent.intake.source import show_path
from agent.settings import Settings, load_settings
from agent.wiring import embedder_of
from evals import page as pages
from evals.calibration import report
from evals.calibration.examples import Example, gather
from evals.calibration.result import described, result
from evals.calibration.validate import require_enough
from evals.retrieval.corpus import Corpus, split
from evals.retrieval.register import Variant, load_register
from knowledge.relation import FILE, load_relation
from tui.commands.retrieval import SOME_FAILED, require_ending, tell, write
from tui.files import save
from tui.out import Progress, put, put_json, say


def run(
    catalogue: Path,
    queries: Path,
    variant: Variant,
    to: Path | None,
    draws: int,
    seed: int,
    keep: bool,
    office: Path | None,
    as_json: bool,
) -> int:
    if to is not None:
        require_ending(to)
    settings = load_settings(office)
    target = settings.root / FILE if keep else None  # no office: said before the work, not after
    current = load_relation(settings.relation if settings.office else None)
    register = load_register(catalogue, queries, variant)
    corpora, unseen = split(register, show_path(str(queries)))
    problems = tell((*register.problems, *unseen))
    require_enough([query for corpus in corpora for query in corpus.queries])
    examples = _examples(corpora, settings, seed)
    about = described(corpora, variant, examples)
    checked, found = result(examples, about, current, variant, draws, seed)
    if target is not None:
        save(target, checked.relation.dumps())
        found["saved"] = str(target)
    page = report.page(found)
    if to is not None:
        write(to, page)
    if as_json:
        put_json(found)
    else:
        put(pages.text(page).rstrip("\n"))
    if target is not None:
        say(f"saved: {target}; reviews use it from now on; remove it to go back")
    return SOME_FAILED if problems else 0


def _examples(corpora: list[Corpus], settings: Settings, seed: int) -> list[Example]:
    with (
        tempfile.TemporaryDirectory(prefix="concord-eval-") as scratch,
        Progress("searching") as progress,
    ):
        return gather(corpora, embedder_of(settings, say), Path(scratch), seed, say, progress)
