"""`[desk.keys]` of concord.toml: other keys for actions, checked before the screen opens.

An unknown action, an unknown key or a key with two meanings is an error that names file and line.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from agent.errors import SettingsError
from agent.settings import Settings
from agent.settings_file import OFFICE_FILE, line_of
from tui.desk.keys import ACTIONS, DECIDING, Keymap, clashes

NAMED: Final = (
    "enter", "space", "tab", "shift+tab", "escape", "backspace", "delete", "insert", "up", "down",
    "left", "right", "home", "end", "pageup", "pagedown",
)  # fmt: skip
NEVER: Final = ("enter", "backspace", "delete")
"""Keys that decide nothing, whatever an office writes."""


def keymap_of(settings: Settings) -> Keymap:
    """Raises SettingsError for the first fault."""
    keymap: dict[str, tuple[str, ...]] = {}
    path = settings.root / OFFICE_FILE
    for action, keys in settings.desk_keys.items():
        fault = _fault(action, keys)
        if fault:
            raise _error(path, action, fault)
        keymap[action] = keys
    for one, other, key in clashes(keymap):
        named = one if one in keymap else other
        raise _error(path, named, f"`{key}` would mean both `{one}` and `{other}`")
    return keymap


def _error(path: Path, action: str, fault: str) -> SettingsError:
    line = line_of(path, ("desk", "keys", action))
    return SettingsError(f"{path}:{line}: `desk.keys.{action}`: {fault}")


def _fault(action: str, keys: tuple[str, ...]) -> str:
    if action not in ACTIONS:
        near = get_close_matches(action, ACTIONS, n=1)
        meant = f"; did you mean `{near[0]}`?" if near else ""
        return f"there is no such action{meant}"
    for key in keys:
        if not _is_key(key):
            return f"`{key}` is no key: write one character, or one of {', '.join(NAMED)}"
        if key in NEVER and action in DECIDING:
            return f"`{key}` never decides anything; choose another key"
    return "" if keys else "it needs a key"


def _is_key(key: str) -> bool:
    if len(key) == 1:
        return key.isprintable() and key != " "
    *held, last = key.split("+")
    plain = last in NAMED or (len(last) == 1 and last.isprintable()) or _is_function(last)
    return key in NAMED or (plain and set(held) <= {"ctrl", "alt", "shift"})


def _is_function(key: str) -> bool:
    return key[:1] == "f" and key[1:].isdigit() and 1 <= int(key[1:]) <= 12


def textual_keys(keymap: Keymap) -> Mapping[str, str]:
    """As Textual wants them: its commas separate keys."""
    return {
        action: ",".join("comma" if key == "," else key for key in keys)
        for action, keys in keymap.items()
    }
