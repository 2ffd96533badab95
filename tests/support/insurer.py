"""A small insurer's knowledge as files, for the tests on what is near, named and leaned on."""

from pathlib import Path

FILES = {
    "capabilities/calls.md": """---
id: CAP-1
title: Call summaries
team: Service Tools
owner: Mira Holt
status: production
automation: act_with_approval
audience: [employees]
affected: [customers]
data: [personal]
domain: [service]
systems: [Phone Hub]
scope:
  covers: [incoming calls of the hotline]
  excludes: [emergency line]
reuse:
  how: Switched on per queue
  contact: Mira Holt
---
After a telephone call has ended, the conversation is transcribed and a short summary is written:
who called, what was promised, what happens next. The agent corrects the note and files it.
""",
    "capabilities/invoices.md": """---
id: CAP-2
title: Invoice reader
team: Finance
owner: Jon Dale
status: production
automation: act_with_approval
audience: [employees]
data: [business]
domain: [finance]
systems: [LedgerOne]
---
Reads supplier invoices from scans and fills in amounts, dates and tax. A bookkeeper confirms each
line before it is posted.
""",
    "capabilities/routes.md": """---
id: CAP-3
title: Van route planner
owner: Ana Ruiz
status: retired
audience: [employees]
data: [business]
---
Plans delivery routes for vans overnight from orders, traffic and opening hours.
""",
    "capabilities/wording.md": """---
id: CAP-4
title: Policy wording assistant
owner: Pia Lund
status: production
automation: inform
audience: [agents]
data: [business]
domain: [distribution]
scope:
  covers: [motor and home wordings]
  excludes: [small-business wordings]
---
Tied agents ask whether something is covered and get the clause of the motor or home wording with
its page. It answers questions with quotes from the wording only.
""",
    "capabilities/forecast.md": """---
id: CAP-5
title: Storm claims forecast
owner: Leo Wirth
status: production
automation: inform
audience: [employees]
data: [business]
domain: [claims]
---
Estimates from weather warnings how many storm claims will arrive by postcode in the next days.
""",
    "assets/phone-hub.md": "---\nid: AST-1\ntitle: Phone Hub\nkind: system\nowner: Mira Holt\n"
    "status: production\n---\nCalls and recordings.\n",
    "assets/docvault.md": "---\nid: AST-2\ntitle: DocVault\naliases: [Doc Vault]\nkind: system\n"
    "owner: Tom Wick\nstatus: retired\nsuccessor: AST-3\n---\nThe old document store.\n",
    "assets/archive.md": "---\nid: AST-3\ntitle: Archive One\naliases: [ACE]\nkind: system\n"
    "owner: Tom Wick\nstatus: production\n---\nDocuments with retention classes.\n",
    "assets/lake.md": "---\nid: AST-4\ntitle: Claims Lake\nkind: dataset\nowner: Tom Wick\n"
    "status: planned\n---\nAll claims in one place.\n",
    "goals/faster.md": "---\nid: GOAL-1\ntitle: Answer sooner\nmeasure: Median below 4 hours\n---\n"
    "People hear from us the same day.\n",
    "policies/trust.md": """---
id: POL-1
title: Trust
requirements:
  - id: REQ-1
    title: Say that it is a machine
    text: People are told that they talk to an AI system.
    severity: blocker
    applies_when:
      audience: [customers]
  - id: REQ-2
    title: Old notice
    text: People are told.
    severity: low
  - id: REQ-3
    title: New notice
    text: People are told in plain words.
    severity: low
    replaces: [REQ-2]
---
How we keep the trust of the people.
""",
}


def write_insurer(folder: Path, **more: str) -> Path:
    """The knowledge folder, with further files by `kind__name` (a file of .md)."""
    files = FILES | {f"{name.replace('__', '/')}.md": text for name, text in more.items()}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


DUPLICATE = """---
data: personal
audience: [employees]
affected: [customers]
automation: act_with_approval
---
# Notes after a phone conversation

## What it does

When a hotline call is over, the spoken words are transcribed and the assistant writes a short
note: who called, what was promised to the caller and what has to happen next. The colleague who
took the call corrects the note and files it.
"""
EXTENSION = """---
reuses: [CAP-4]
audience: [agents]
data: business
automation: inform
---
# Opening the wording assistant to brokers

## What it does

The Policy wording assistant answers tied agents on motor wordings. We extend it to brokers and to
the small-business wordings.
"""
UNLIKE = """---
audience: [employees]
data: none
---
# Lunch menu

## What it does

It translates the menu of the canteen into five languages each Monday.
"""
