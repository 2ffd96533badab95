"""`concord demo`: a made-up office and the review of its eight proposals; asks nothing."""

from pathlib import Path

from agent import batch
from agent.errors import SettingsError
from agent.settings import load_settings
from agent.workspace import PACKS, make_office
from tui.commands.review import counts, review_files
from tui.out import put, say

MARK = ".concord-demo"


def run(into: Path) -> int:
    if (into / MARK).exists():
        say(f"{into}: the demo office is there already and is used as it is")
    elif into.exists() and any(into.iterdir()):
        raise SettingsError(f"{into}: is no empty folder; name another: concord demo DIR")
    else:
        make_office(into, list(PACKS))
        (into / MARK).write_text("Made by `concord demo`; may be deleted.\n", encoding="utf-8")
    settings = load_settings(into, reader="rules")  # offline, whatever is configured
    rows = review_files(batch.proposal_files([settings.proposals]), settings)
    say(counts(rows))
    first = next((row.initiative for row in rows if row.draft is not None), "ID")
    put("Try next:")
    put(f"  concord list --office {into}")
    put(f"  concord show {first} --office {into}")
    put(f"  concord decide {first} --outcome request_changes --office {into}")
    put(f"  concord audit verify --office {into}")
    return 4 if any(row.state == "failed" for row in rows) else 0
