"""The map of the rules names each of their files, and no file that is gone."""

import re
from pathlib import Path

from agent.readers import rules


def test_the_map_names_every_file() -> None:
    assert rules.__doc__ is not None
    told = set()
    for name in re.findall(r"[\w{},]+\.py", rules.__doc__):
        head, brace, rest = name.partition("{")
        several = rest.partition("}")[0].split(",") if brace else [name]
        told |= {f"{head}{one}.py" if brace else one for one in several}
    files = {path.name for path in Path(rules.__path__[0]).glob("*.py")} - {"__init__.py"}
    assert told == files
