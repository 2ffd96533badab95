"""A new workspace: its folders, concord.toml and the packs that ship. Never overwrites a file."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from agent.errors import SettingsError

STARTER = Path(__file__).parents[1] / "knowledge" / "starter"

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


def make_office(directory: Path, packs: Sequence[str]) -> int:
    """Folders, concord.toml and the packs; how many files were written."""
    if (directory / "concord.toml").exists():
        raise SettingsError(
            f"{directory / 'concord.toml'}: this is a workspace already; choose another folder"
        )
    for folder in FOLDERS:
        (directory / folder).mkdir(parents=True, exist_ok=True)
    written = _write(directory / "concord.toml", _configuration(packs))
    written += _write(directory / ".gitignore", ".concord/\n")
    for pack in packs:
        source = STARTER / pack
        if pack == "demo":
            written += _copy_tree(source / "knowledge", directory / "knowledge")
            written += _copy_tree(source / "proposals", directory / "proposals")
        else:
            written += _copy_tree(source, directory / "knowledge" / pack)
    return written


def _configuration(packs: Sequence[str]) -> str:
    """The starter's configuration, and below it what a pack has to say of its own words."""
    parts = [STARTER / "concord.toml", *(STARTER / pack / "concord.toml" for pack in packs)]
    return "".join(part.read_text(encoding="utf-8") for part in parts if part.is_file())


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
