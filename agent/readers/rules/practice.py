"""The form of an entry of the library of measures; the entries stand in `practices_*.py`."""

from typing import NamedTuple


class Practice(NamedTuple):
    """One measure; each text holds one cue a line."""

    core: str
    """Words of which a title holds at least one."""
    words: str
    """Further words that such a title may hold; any other word makes it another measure."""
    heads: str = ""
    """Headings and keys that name the measure: a key's value then is what is said of it."""
    rooms: str = ""
    """Headings of sections in which it is often told among other things."""
    inside: str = ""
    """What shows it below one of its headings."""
    cues: str = ""
    """What shows it anywhere."""
    dated: bool = False
    """It lies in the future by nature: a date that is set is the measure, not a plan."""
    named: bool = False
    """A person has to be named: a mailbox or a team as the value of its key is none."""
