"""A small organisation's knowledge as files, and a large one made by seeded code."""

import json
import random
from collections.abc import Mapping
from pathlib import Path

from tests.support.register_headers import US_2024, row, sheet

CAPABILITIES = {
    "capabilities/invoices.md": """---
id: CAP-1
title: Invoice reader
team: Finance
owner: Mira Holt
status: live
data: [business]
behaviours:
  retention: Scans are deleted after 30 days
scope:
  covers: [supplier invoices, credit notes]
---
Reads supplier invoices from scans and fills in amounts, dates and bank details. A bookkeeper
confirms each line before it is posted.
""",
    "capabilities/calls.md": """---
id: CAP-2
title: Call summaries
team: Service
status: pilot
---
Listens to recorded telephone calls of the hotline and writes a short summary into the case.
""",
    "capabilities/routes.md": """---
id: CAP-3
title: Route planner
status: retired
---
Plans delivery routes for vans overnight from orders, traffic and opening hours.
""",
}
OFFICE = {
    **CAPABILITIES,
    "goals/faster.md": """---
id: GOAL-1
title: Answer customers sooner
measure: Median first answer below 4 hours
rules_out: [answers without a person for complaints]
---
People who write to us hear from us the same day.
""",
    "policies/trust.md": """---
id: POL-1
title: Trust
version: "2"
requirements:
  - id: REQ-1
    title: Say that it is a machine
    text: People are told that they talk to an AI system.
    severity: blocker
    applies_when:
      audience: [customers]
    look_for:
      - informed|told AI|automated
  - id: REQ-2
    title: Delete what is not needed
    text: Personal data is deleted after its purpose ends.
    severity: high
    enforce: advise
---
Why we ask for this.
""",
    "assets/register.csv": (
        "id,title,kind,status,aliases,owner\n"
        "AST-1,LedgerOne,system,production,Ledger; L1,Mira Holt\n"
        "AST-2,Old archive,dataset,retired,,\n"
    ),
    "patterns/tone.jsonl": json.dumps(
        {
            "id": "PAT-1",
            "title": "Hand over to a person",
            "severity": "high",
            "applies_when": {"audience": ["customers"]},
            "behaviours": {"handoff": "A person takes over within one working day"},
        }
    )
    + "\n",
}

_DOERS = "clerks engineers nurses planners inspectors buyers auditors drivers teachers analysts"
_THINGS = (
    "invoices contracts letters images claims tickets meters pipelines prescriptions orders"
    " forecasts permits applications recordings surveys inspections defects payments deliveries"
    " schedules"
)
_DEEDS = (
    "sorts reads ranks predicts drafts translates summarises matches flags extracts compares routes"
    " transcribes classifies estimates searches"
)
_ENDS = (
    "errors waiting costs risk backlog travel waste delays complaints paperwork duplicates outages"
)
_NAMES = (
    "north harbour valley orbit maple quartz falcon ember delta summit meadow cobalt juniper anchor"
)


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files below `folder/knowledge`; returns that folder."""
    root = folder / "knowledge"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def large(count: int, seed: int = 7) -> str:
    """A JSONL file of capabilities, each a plausible paragraph of its own."""
    chance = random.Random(seed)
    return "".join(json.dumps(_capability(number, chance)) + "\n" for number in range(count))


def large_register(count: int, seed: int = 7) -> str:
    """The same systems as a CSV file under the header of a public register."""
    chance = random.Random(seed)
    made = (_capability(number, chance) for number in range(count))
    rows = (
        row(
            US_2024,
            Use_Case_Name=str(cells["title"]),
            What_is_the=str(cells["body"]),
            Stage="Initiated",
        )
        for cells in made
    )
    return sheet(US_2024, *rows)


def _capability(number: int, chance: random.Random) -> dict[str, object]:
    things, deed = chance.sample(_THINGS.split(), 4), chance.choice(_DEEDS.split())
    name = f"{chance.choice(_NAMES.split())} {things[0]} {number}"
    sentences = [
        f"The system {deed} {things[0]} and {things[1]} for {chance.choice(_DOERS.split())}.",
        f"It {chance.choice(_DEEDS.split())} {things[2]} that arrive in office {number % 97}.",
        f"The aim is fewer {chance.choice(_ENDS.split())} and less {chance.choice(_ENDS.split())}.",
        f"Results go to {chance.choice(_DOERS.split())}, who check {things[3]} before use.",
    ]
    chance.shuffle(sentences)
    return {
        "id": f"CAP-{number:05d}",
        "title": name.title(),
        "status": "production",
        "systems": [f"{chance.choice(_NAMES.split())}-{number % 40}"],
        "body": " ".join(sentences[: chance.randint(2, 4)] * chance.randint(1, 2)),
    }
