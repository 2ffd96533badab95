"""A tiny office on disk, small enough to index in a moment, and a day's work in it."""

import asyncio
import weakref
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from agent import batch
from agent.deciding import Opened, open_sheet
from agent.readers.reader import Reader
from agent.readers.rules.reader import RulesReader
from agent.review import Review
from agent.schema.assessment import Assessment
from agent.schema.decision import Steps
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from agent.settings import Settings, load_settings
from agent.wiring import open_library, open_record, review_of
from knowledge.vocabulary import ReaderName
from tests.support.ready import lay_index

NOW = "2026-11-23T08:00:00+00:00"

FILES = {
    "concord.toml": "",
    "knowledge/capabilities/all.csv": (
        "id,title,team,owner,status,automation,audience,data,description\n"
        "CAP-1,Roof damage estimator,Property,Ada Example,production,recommend,employees,business,"
        "Estimates the repair cost of storm damage to roofs from photographs taken by drones.\n"
        "CAP-2,Call summaries,Service,Ben Example,pilot,inform,employees,personal,"
        "Writes a short summary of each telephone call for the agent who took it.\n"
        "CAP-3,Invoice reader,Finance,Cleo Example,production,act_with_approval,employees,business,"
        "Reads scanned supplier invoices and proposes a booking to the clerk.\n"
    ),
    "knowledge/policies/trust.md": """---
id: TRUST
title: Trust
version: "1"
owner: Dana Example
requirements:
  - id: TRUST-01
    title: Notice of the machine
    text: People are told that they deal with a machine.
    severity: blocker
    look_for: [told that a machine]
  - id: TRUST-03
    title: Route of appeal to a person
    text: Whoever is affected can ask for a person to look again.
    severity: blocker
    applies_when: {data: [personal]}
    look_for: [ask a person to look again, appeal to a person]
  - id: TRUST-10
    title: Testing before release
    text: The system is tested on real cases before it is released.
    severity: high
    look_for: [tested on cases]
  - id: TRUST-19
    title: Monitoring in production
    text: Results are monitored once people rely on them.
    severity: high
    applies_when: {stage: [production]}
    look_for: [results monitored]
---
# Trust
""",
    "knowledge/goals/speed.md": """---
id: GOAL-1
title: Answer customers faster
owner: Eve Example
measure: Days from letter to answer
---
Customers wait eleven days for an answer to a letter today; five is the aim.
""",
    "knowledge/goals/trust.md": """---
id: GOAL-2
title: Fewer complaints about decisions
owner: Fay Example
measure: Complaints a month
---
Complaints about decisions fall by a third.
""",
    "knowledge/patterns/handoff.md": """---
id: PAT-1
title: Hand-off to a person
severity: high
owner: Gus Example
behaviours:
  handoff: A person takes over at the first request.
---
A person takes over at the first request.
""",
    "knowledge/assets/all.csv": (
        "id,title,kind,owner,status,successor\n"
        "AST-1,Letter archive,system,Hal Example,production,\n"
        "AST-2,Old fax gateway,system,Ida Example,retired,AST-1\n"
    ),
}

LETTERS = """---
id: letters
title: Sorting letters
team: Post room
owner: Jon Example
data: business
automation: recommend
audience: employees
affected: employees
stage: pilot
---
# Sorting letters

The assistant reads each incoming letter and suggests the department that should answer it. It helps
us answer customers faster: the days from letter to answer fall from eleven to five.

Clerks are told that a machine suggests the department. The assistant was tested on 400 real cases.
"""
WEATHER = """---
id: weather
title: Calling staff before storms
owner: Kim Example
data: business
automation: inform
audience: employees
stage: idea
---
# Calling staff before storms

A forecast tells the duty manager how many repair crews a coming storm will need.
"""
TWIN = LETTERS.replace("id: letters", "id: mail").replace("Sorting letters", "Routing of mail")
"""The same job under another name."""


def write_office(root: Path, *, indexed: bool = True) -> Settings:
    """Three capabilities, four requirements, two goals, a pattern, two assets, and their index."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    settings = settings_of(root)
    if indexed:
        lay_index(settings.knowledge, settings.cache)
    return settings


def settings_of(root: Path) -> Settings:
    return load_settings(root, by="ana", environ={})


def propose(settings: Settings, name: str, text: str | bytes) -> Path:
    settings.proposals.mkdir(exist_ok=True)
    path = settings.proposals / f"{name}.md"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


class CountingReader(RulesReader):
    """The rules, and which initiatives they have read."""

    def __init__(self) -> None:
        self.read_: list[str] = []

    name: ReaderName = "rules"

    async def read(self, proposal: Proposal, evidence: Evidence) -> Assessment:
        self.read_.append(proposal.initiative)
        return await super().read(proposal, evidence)


def quiet(_text: str) -> None:
    """Where a test does not look at what is said."""


def review_in(settings: Settings, reader: Reader | None = None) -> Review:
    """Its index is closed when the test lets go of the review: each holds 30 open files."""
    library = open_library(settings, quiet)
    made = review_of(library, settings)
    if reader is not None:
        made = replace(made, readers=(reader,))
    weakref.finalize(made, library.index.close)
    return made


def work(
    settings: Settings,
    *files: Path,
    reader: Reader | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    done: list[batch.Reviewed] | None = None,
) -> list[batch.Reviewed]:
    """`concord review FILES`, without the printing; `done` keeps what came before an interrupt."""
    rows: list[batch.Reviewed] = [] if done is None else done
    given: Sequence[Path] = files or batch.proposal_files([settings.proposals])

    async def run() -> None:
        with open_record(settings) as store:
            review = review_in(settings, reader)
            review = Review(**{**review.__dict__, "steps": store})
            submitted = batch.submit(given, store, root=settings.root, actor="ana")
            async for row in batch.draft_all(
                submitted, review, store, actor="ana", now=lambda: NOW, progress=progress
            ):
                rows.append(row)

    asyncio.run(run())
    return rows


def sheet_of(settings: Settings, initiative: str, more: Steps | None = None) -> Opened:
    """What a person sees of an initiative, with further steps."""
    with open_record(settings) as store:
        review = review_in(settings)
        return asyncio.run(
            open_sheet(initiative, store, review, more=more, by="ana", on="2026-11-24")
        )
