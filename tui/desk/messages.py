"""What workers and widgets tell the screens, named by intent; no logic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from agent.batch import Reviewed
    from agent.deciding import Opened, Prepared
    from agent.record.inbox import InboxRow
    from agent.record.journal import Receipt, Recorded
    from agent.record.past import PastVerdicts
    from agent.record.targets import Target


@dataclass
class Failed(Message):
    """One sentence for the person; nothing was lost."""

    sentence: str
    what: str = ""
    """What was tried: `record`, `open`, ..."""


@dataclass
class TargetsRead(Message):
    """What a proposal may be merged into, and what is closed, by id."""

    targets: Mapping[str, "Target"]


@dataclass
class FormKept(Message):
    """The form of the decision sheet as this person left it; empty at the first time."""

    text: str


@dataclass
class LetterMade(Message):
    """The letter of the form as it stood at count `n`, or what it lacks."""

    n: int
    prepared: "Prepared | None"
    lacks: str = ""


@dataclass
class SheetMoved(Message):
    """The record moved on before the decision got there; nothing was decided."""

    opened: "Opened"
    sentence: str


@dataclass
class DecisionSent(Message):
    """It is on record, and the letter is written."""

    prepared: "Prepared"
    receipt: "Receipt"
    letter: Path


@dataclass
class InboxRead(Message):
    """Every initiative on record."""

    rows: Sequence["InboxRow"]


@dataclass
class SheetOpened(Message):
    """An initiative lies on the table."""

    opened: "Opened"
    holder: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Field → what was typed there and became no step yet."""


@dataclass
class SheetPreviewed(Message):
    """What the preview shows of an initiative."""

    initiative: str
    opened: "Opened | None"


@dataclass
class StepRecorded(Message):
    """A step is on record, and the sheet is as it stands now."""

    opened: "Opened"
    words: str
    """What was done, for the status line."""


@dataclass
class NothingThere(Message):
    """There was no step to take back or to do again."""

    words: str


@dataclass
class PastRead(Message):
    """How findings of a rule were judged on other initiatives."""

    rule: str
    past: "PastVerdicts"


@dataclass
class PlaceRead(Message):
    """Where this person was last, as the draft screen put it; empty: nowhere."""

    place: str


@dataclass
class HistoryRead(Message):
    initiative: str
    entries: Sequence["Recorded"]


@dataclass
class VersionsRead(Message):
    """Two versions of a proposal, as cleaned lines."""

    initiative: str
    before: Sequence[str]
    after: Sequence[str]
    names: tuple[str, str]


@dataclass
class FilesFound(Message):
    """What is to be drafted."""

    files: Sequence[Path]
    sent: Sequence[str] = ()
    """What to ask before: to whom texts would go; empty: nothing leaves the machine."""


@dataclass
class DraftingMoved(Message):
    """Background drafting: how far it is."""

    done: int
    total: int
    label: str


@dataclass
class DraftingSpoke(Message):
    """Background drafting: something to know, such as a wait for a rate limit."""

    words: str


@dataclass
class FileDrafted(Message):
    """Background drafting: what became of one file."""

    row: "Reviewed"


@dataclass
class DraftingEnded(Message):
    """Background drafting is over; `cancelled` by the person."""

    cancelled: bool = False


@dataclass
class Done(Message):
    """Something small worked; one line says what."""

    words: str
    reread: bool = False
    """The inbox changed."""
