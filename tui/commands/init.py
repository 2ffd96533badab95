"""`concord init`: a workspace with the packs that its owner chose; never overwrites a file."""

import sys
from pathlib import Path

from agent.errors import SettingsError
from agent.workspace import PACKS, make_office
from tui.out import put, say


def run(directory: Path, packs: str | None) -> int:
    chosen = _chosen(packs)
    made = make_office(directory, chosen)
    put(f"{directory}: {made} files written; packs: {', '.join(chosen) or 'none'}")
    put(f"next: write {directory / 'proposals' / 'my-idea.md'}, then")
    put(f"      concord check {directory / 'proposals' / 'my-idea.md'}")
    return 0


def _chosen(packs: str | None) -> list[str]:
    if packs is None:
        packs = _ask() if sys.stdin.isatty() else "policies,patterns"
    names = [name.strip() for name in packs.split(",") if name.strip() not in ("", "none")]
    for name in names:
        if name not in PACKS:
            raise SettingsError(f"--packs {name}: no such pack; there are {', '.join(PACKS)}")
    return names


def _ask() -> str:
    chosen = []
    for name, what in PACKS.items():
        default = "n" if name == "demo" else "y"
        say(f"Copy the pack {name} ({what})? [{'y/N' if default == 'n' else 'Y/n'}]")
        answer = (sys.stdin.readline().strip() or default).lower()
        if answer.startswith("y"):
            chosen.append(name)
    return ",".join(chosen)
