"""`concord decide --undo`, `--redo` and `--withdraw`: steps taken back and put back."""

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from agent.errors import DecisionError
from knowledge.text import clean
from tui.commands.flags import Given
from tui.out import put, put_json, say

if TYPE_CHECKING:
    from agent.record.store import Store


def step_back(
    initiative: str, given: Given, file: Mapping[str, Any], store: "Store", user: str, as_json: bool
) -> int:
    """One of the three; DecisionError when more was asked for at once, or nothing stands there."""
    _refuse_more(given, file)
    if given.undo:
        word, said = "undone", store.undo(initiative, user)
    elif given.redo:
        word, said = "put back", store.redo(initiative, user)
    else:
        slot = " ".join(clean(given.withdraw).text.split())
        word, said = "taken back", store.withdraw(initiative, slot, user)
        if said is None:
            raise DecisionError(_no_such(initiative, slot, store))
    receipt = store.receipt()
    if as_json:
        put_json({word.replace(" ", "_"): said, "receipt": receipt.full})
    elif said is None:
        say(f"{initiative}: {user} has no step here that could be {word}")
    else:
        put(f"{initiative}: {word}: {said}")
        put(f"receipt: {receipt.full}")
    return 0


def _refuse_more(given: Given, file: Mapping[str, Any]) -> None:
    typed = [f.name for f in fields(given) if f.name != "by" and getattr(given, f.name)]
    if len(typed) > 1 or file:
        raise DecisionError("--undo, --redo and --withdraw each stand alone; call once for each")


def _no_such(initiative: str, slot: str, store: "Store") -> str:
    stand = store.slots(initiative)
    named = "; ".join(f"'{key}' ({said})" for key, said in stand.items())
    return f"{initiative}: no step `{slot}` stands; " + (f"these do: {named}" if named else "none")
