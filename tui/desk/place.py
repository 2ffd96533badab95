"""Where a person is on the desk, as the record keeps it from one start to the next. Pure."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Empty: the inbox."""

    initiative: str = ""
    finding: str = ""

    def __str__(self) -> str:
        return json.dumps(asdict(self))


def place_of(text: str) -> Place:
    """What was kept; the inbox when that says nothing of ours."""
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return Place()
    if not isinstance(found, dict):
        return Place()
    return Place(str(found.get("initiative", "")), str(found.get("finding", "")))
