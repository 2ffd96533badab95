"""The mappings that ship: one TOML file for each kind of register, read when asked for."""

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path

from knowledge.columns import Mapping

_FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """What `mapping = "…"` may name, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@lru_cache(maxsize=32)
def shipped(name: str) -> Mapping:
    """One of `names()`."""
    data = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    columns = {field: _tuple(value) for field, value in data.pop("columns", {}).items()}
    return Mapping.model_validate({"name": name, "columns": columns, **data})


def _tuple(value: object) -> object:
    """One column may be written as a text alone."""
    return (value,) if isinstance(value, str) else value


def of(folder: str) -> tuple[Mapping, ...]:
    """The mappings for one folder of the knowledge, by name."""
    return tuple(mapping for mapping in map(shipped, names()) if mapping.folder == folder)


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Of all that ships: a table without a mapping is read by them."""
    whole = hashlib.sha256()
    for name in names():
        whole.update((_FOLDER / f"{name}.toml").read_bytes())
    return whole.hexdigest()
