"""The package's docstring is its map."""

from pathlib import Path

import agent.readers.llm as package


def test_the_map_names_every_file() -> None:
    assert package.__doc__ is not None
    assert package.__file__ is not None
    files = {p.name for p in Path(package.__file__).parent.glob("*.py")} - {"__init__.py"}
    assert {name for name in files if name not in package.__doc__} == set()
