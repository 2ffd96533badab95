"""`concord init`: a workspace with the packs that its owner chose; never overwrites a file."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from agent.errors import SettingsError
from agent.wiring import STARTER
from tui.out import put, say

FOLDERS = (
    "knowledge/capabilities",
    "knowledge/policies",
    "knowledge/goals",
    "knowledge/patterns",
    "knowledge/assets",
    "proposals",
    "decisions",
    "records",
)
PACKS = {
    "policies": "27 trust and transparency requirements for any organisation",
    "patterns": "how products behave towards people, across the organisation",
    "demo": "a made-up insurer: capabilities, goals, assets and eight proposals",
}


def run(directory: Path, packs: str | None) -> int:
    chosen = _chosen(packs)
    made = make_office(directory, chosen)
    put(f"{directory}: {made} files written; packs: {', '.join(chosen) or 'none'}")
    put(f"next: write {directory / 'proposals' / 'my-idea.md'}, then")
    put(f"      concord check {directory / 'proposals' / 'my-idea.md'}")
    return 0


def make_office(directory: Path, packs: Sequence[str]) -> int:
    """Folders, concord.toml and the packs; how many files were written."""
    if (directory / "concord.toml").exists():
        raise SettingsError(
            f"{directory / 'concord.toml'}: this is a workspace already; choose another folder"
        )
    for folder in FOLDERS:
        (directory / folder).mkdir(parents=True, exist_ok=True)
    written = _copy(STARTER / "concord.toml", directory / "concord.toml")
    written += _write(directory / ".gitignore", ".concord/\n")
    for pack in packs:
        source = STARTER / pack
        if pack == "demo":
            written += _copy_tree(source / "knowledge", directory / "knowledge")
            written += _copy_tree(source / "proposals", directory / "proposals")
        else:
            written += _copy_tree(source, directory / "knowledge" / pack)
    return written


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


def _copy_tree(source: Path, target: Path) -> int:
    files = [p for p in sorted(source.rglob("*")) if p.is_file() and not p.name.startswith(".")]
    return sum(_copy(path, target / path.relative_to(source)) for path in files)


def _copy(source: Path, target: Path) -> int:
    if target.exists():
        return 0
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    return 1


def _write(target: Path, text: str) -> int:
    if target.exists():
        return 0
    target.write_text(text, encoding="utf-8")
    return 1
