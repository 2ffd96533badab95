"""`concord eval run`: review past initiatives, print figures, write the report."""

import asyncio
import tempfile
from pathlib import Path

from agent.schema.reading import Spent
from agent.settings import Settings, load_settings
from agent.wiring import Library, open_library, open_review
from agent.workspace import make_office
from evals.cases import DEMO, Dataset, load_dataset, require_known
from evals.report import markdown
from evals.run import Outcome
from evals.run import as_json as run_json
from evals.run import run as run_cases
from tui.files import save
from tui.out import Progress, put, put_json, say
from tui.sending import bill

SOME_FAILED = 4


def run(directory: Path | None, reader: str, report: Path | None, as_json: bool) -> int:
    dataset = load_dataset(directory or DEMO)
    with tempfile.TemporaryDirectory(prefix="concord-eval-") as scratch:
        settings = _settings(dataset, Path(scratch), reader)
        with Progress("indexing") as progress:
            library = open_library(settings, say, progress)
        for problem in library.knowledge.problems:
            say(str(problem))
        require_known(dataset, library.knowledge)
        with Progress("evaluating") as progress:
            outcomes = asyncio.run(_outcomes(dataset, library, settings, progress))
        result = run_json(outcomes, reader)
    if reader != "rules":
        say(bill(sum((o.spent for o in outcomes), Spent()), settings.model))
    if report is not None:
        save(report, markdown(result))
        say(f"report: {report}")
    if as_json:
        put_json(result)
    else:
        put(markdown(result).rstrip("\n"))
    return SOME_FAILED if result["failed"] else 0


async def _outcomes(
    dataset: Dataset, library: Library, settings: Settings, progress: Progress
) -> list[Outcome]:
    async with open_review(library, settings, say=say) as review:
        return await run_cases(dataset, review, progress)


def _settings(dataset: Dataset, scratch: Path, reader: str) -> Settings:
    """A workspace around the dataset's knowledge; the dataset's folder itself is not written to."""
    if dataset.starter:
        make_office(scratch / "office", ("policies", "patterns", "demo"))
    else:
        (scratch / "office").mkdir()
        (scratch / "office" / "knowledge").symlink_to(dataset.knowledge.resolve())
    own = dataset.folder / "concord.toml"
    if own.is_file():
        (scratch / "office" / "concord.toml").write_bytes(own.read_bytes())
    return load_settings(scratch / "office", reader=reader)
