"""Every action of the desk in one table: id, keys, label, words, and on which screens it is live.

Footer, help, palette, bindings and `[desk.keys]` are made from it, so they cannot tell different
stories. It knows no widget; what an action does is the method `do_ID` of a screen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from textual.binding import Binding

Bindings = list[Binding | tuple[str, str] | tuple[str, str, str]]
"""As Textual's screens want them."""

Where = Literal["inbox", "draft", "decision"]
EVERYWHERE: Final[tuple[Where, ...]] = ("inbox", "draft", "decision")
LISTS: Final[tuple[Where, ...]] = ("inbox", "draft")


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a key does."""

    id: str
    keys: tuple[str, ...]
    """As a person types them; the first one is shown."""
    label: str
    """A word or two for the footer."""
    words: str
    """A line for help and palette."""
    where: tuple[Where, ...]


_TABLE: Final = (
    ("help", "?", "keys", "every key that works here; type to filter", EVERYWHERE),
    ("palette", ":", "commands", "run any action by its name", EVERYWHERE),
    ("back", "q", "back", "go back, or leave the desk; everything is saved", EVERYWHERE),
    ("close", "escape", "close", "close what is open; text is never lost", EVERYWHERE),
    ("refresh", "r", "refresh", "read the record again", EVERYWHERE),
    ("undo", "u", "undo", "take the last step back", ("draft",)),
    ("redo", "U", "redo", "do it again after all", ("draft",)),
    ("down", "j", "down", "down a line", EVERYWHERE),
    ("up", "k", "up", "up a line", EVERYWHERE),
    ("top", "g", "top", "to the first line", EVERYWHERE),
    ("bottom", "G", "bottom", "to the last line", EVERYWHERE),
    ("theme", "T", "theme", "dark, light, high contrast", EVERYWHERE),
    ("jobs", "!", "jobs", "drafting under way, and every error since the start", LISTS),
    ("filter", "/", "filter", "show only what holds these words", LISTS),
    ("next_match", "n", "next match", "to the next line that matches", LISTS),
    ("previous_match", "N", "last match", "to the previous line that matches", LISTS),
    ("zoom", "+", "zoom", "give the whole screen to this pane", ("draft",)),
    ("unzoom", "_", "all panes", "show all panes again", ("draft",)),
    ("history", "L", "history", "everything that was done with it", ("draft",)),
    ("open", "enter", "open", "open it, or show what is set aside", LISTS),
    ("mark", "space", "mark", "mark or unmark this one", ("inbox",)),
    ("mark_range", "v", "range", "mark everything from the last mark to here", ("inbox",)),
    ("mark_shown", "V", "mark all", "mark all that are shown", ("inbox",)),
    ("sort", "s", "sort", "sort by age, id, findings, outcome", ("inbox",)),
    ("take", "t", "take", "take it, or release it", ("inbox", "draft")),
    ("draft", "d", "draft", "draft the marked ones, or all of proposals/", ("inbox",)),
    ("preview", "p", "preview", "show or hide the preview", ("inbox",)),
    ("export", "O", "export", "write the decision or the draft to a file", ("inbox",)),
    ("next_state", "tab", "next tab", "the next state: ready, deferred, with team ...", ("inbox",)),
    ("last_state", "shift+tab", "last tab", "the state before", ("inbox",)),
    ("accept", "a", "accept", "this finding goes to the team", ("draft",)),
    ("edit", "e", "edit", "change its title, claim or ask", ("draft",)),
    ("edit_outside", "E", "edit outside", "change it in $EDITOR", ("draft",)),
    ("severity", "w", "severity", "weigh it differently", ("draft",)),
    ("dismiss", "x", "dismiss", "drop this finding; one key says why", ("draft",)),
    ("add", "m", "add", "add a finding that the draft missed", ("draft",)),
    ("note", "c", "note", "a note to the team, sent with the decision", ("draft",)),
    ("private", "C", "private note", "a note for the office alone", ("draft",)),
    ("set", "s", "correct", "correct a status, relation, verdict or fact", ("draft",)),
    ("facts", "F", "facts", "go to the facts", ("draft",)),
    ("next_open", "f", "next", "to the next finding without an answer", ("draft",)),
    ("hide", "h", "hide done", "hide or show findings that are answered", ("draft",)),
    ("next_quote", "]", "quote", "the next quote or step of the trail", ("draft",)),
    ("last_quote", "[", "last quote", "the quote or step before", ("draft",)),
    ("next_part", "}", "next part", "the next section of the text", ("draft",)),
    ("last_part", "{", "last part", "the section before", ("draft",)),
    ("copy", "y", "copy", "copy the quote with its source", ("draft",)),
    ("source", "o", "source", "the source, at the quoted line", ("draft",)),
    ("diff", "D", "diff", "what changed since the version before", ("draft",)),
    ("layout", "z", "layout", "panes side by side, or one at a time", ("draft",)),
    ("pane_next", "tab", "next pane", "to the next pane", ("draft",)),
    ("pane_last", "shift+tab", "last pane", "to the pane before", ("draft",)),
    ("pane_1", "1", "findings", "the findings", ("draft",)),
    ("pane_2", "2", "finding", "one finding with its proof", ("draft",)),
    ("pane_3", "3", "proposal", "the proposal's text", ("draft",)),
    ("pane_4", "4", "source", "the text of the cited entry", ("draft",)),
    ("pane_5", "5", "checklist", "every requirement; what was not checked", ("draft",)),
    ("pane_6", "6", "facts", "the facts, where each comes from; questions", ("draft",)),
    ("pane_7", "7", "related", "what is like it, and which goals it serves", ("draft",)),
    ("decide", "A", "decide", "the decision sheet", ("draft",)),
    ("outcome_1", "1", "approve", "outcome: approve", ("decision",)),
    ("outcome_2", "2", "with conditions", "outcome: approve with conditions", ("decision",)),
    ("outcome_3", "3", "changes", "outcome: ask for changes", ("decision",)),
    ("outcome_4", "4", "merge", "outcome: merge with what exists", ("decision",)),
    ("outcome_5", "5", "reject", "outcome: reject", ("decision",)),
    ("outcome_6", "6", "defer", "outcome: put off, with a note if you like", ("decision",)),
    ("take_condition", "space", "take", "take or drop this condition", ("decision",)),
    ("add_condition", "m", "add condition", "write a condition of your own", ("decision",)),
    ("drop_condition", "x", "remove", "remove this condition", ("decision",)),
    ("next_field", "tab", "next field", "to the next field", ("decision",)),
    ("last_field", "shift+tab", "last field", "to the field before", ("decision",)),
)  # fmt: skip

ACTIONS: Final[dict[str, Action]] = {
    id_: Action(id_, (keys,), label, words, where) for id_, keys, label, words, where in _TABLE
}

FOOTERS: Final[dict[Where, tuple[str, ...]]] = {
    "inbox": ("open", "mark", "filter", "sort", "take", "draft", "preview", "palette", "help"),
    "draft": (
        "accept", "edit", "dismiss", "note", "next_open", "set", "decide", "undo", "help",
    ),
    "decision": (
        "next_field", "take_condition", "add_condition", "drop_condition", "close", "help",
    ),
}  # fmt: skip
"""Per screen, most wanted first; at most ten, and all of them fit 80 columns."""

DECIDING: Final = (
    "accept", "edit", "edit_outside", "severity", "dismiss", "add", "set", "decide", "undo", "redo",
    "outcome_1", "outcome_2", "outcome_3", "outcome_4", "outcome_5", "outcome_6",
)  # fmt: skip
"""Actions that change what the team gets."""

Keymap = Mapping[str, tuple[str, ...]]
"""Action id → keys that replace those of the table."""


def keys_of(action: Action, keymap: Keymap) -> tuple[str, ...]:
    return keymap.get(action.id, action.keys)


def shown(key: str) -> str:
    """A key as help and footer write it."""
    return {"escape": "esc", "shift+tab": "S-tab"}.get(key, key)


def bindings_for(where: Where) -> Bindings:
    """Textual's bindings of a screen; the keymap moves them by id when the app starts."""
    return [
        Binding(",".join(a.keys), f"act('{a.id}')", a.label, show=False, id=a.id)
        for a in actions_for(where)
    ]


def actions_for(where: Where) -> list[Action]:
    return [action for action in ACTIONS.values() if where in action.where]


def clashes(keymap: Keymap) -> Iterable[tuple[str, str, str]]:
    """(action, other action, key) for every key that would mean two things on one screen."""
    seen: set[tuple[str, str]] = set()
    for where in EVERYWHERE:
        taken: dict[str, str] = {}
        for action in actions_for(where):
            for key in keys_of(action, keymap):
                other = taken.setdefault(key, action.id)
                if other != action.id and (action.id, other) not in seen:
                    seen.add((action.id, other))
                    yield action.id, other, key
