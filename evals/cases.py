"""Past initiatives with the decisions that people took on them (CONTRACTS §9).

Owns reading and checking of cases and gold labels; runs nothing, scores nothing.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from agent.intake.proposal import read_source
from pydantic import Field, ValidationError

from agent.errors import CaseError
from agent.schema.base import Frozen
from knowledge.frontmatter import FrontMatterError, parse_yaml
from knowledge.text import clean, decode
from knowledge.vocabulary import Dimension, Outcome, Relation, Status, Verdict

DATASETS = Path(__file__).parent / "datasets"
DEMO = DATASETS / "demo_office"
SCORED: tuple[Dimension, ...] = (
    "consistency",
    "dependencies",
    "ownership",
    "hygiene",
    "alignment",
)
"""Only findings of these dimensions count for precision and recall; trust and overlap have
measures of their own."""


class GoldFinding(Frozen):
    dimension: Literal["consistency", "dependencies", "ownership", "hygiene", "alignment"]
    subject: str | None = None


class Gold(Frozen):
    """What people decided and saw; what is not named is not scored (overlaps: unrelated)."""

    decided: str = ""
    """ISO date; empty: undated, such cases see each other as pending."""
    outcome: Outcome | None = None
    overlaps: dict[str, Relation] = Field(default_factory=dict)
    requirements: dict[str, Status] = Field(default_factory=dict)
    goals: dict[str, Verdict] = Field(default_factory=dict)
    findings: tuple[GoldFinding, ...] = ()
    debatable: frozenset[str] = frozenset()
    """Paths that count neither way: `outcome`, `requirements.ID`, `findings.DIMENSION[.SUBJECT]`,
    `overlaps.ID`, `goals.ID`."""

    def open(self, *path: str) -> bool:
        """Whether a label is debatable."""
        return ".".join(path) in self.debatable


@dataclass(frozen=True)
class Case:
    name: str
    path: Path
    raw: bytes
    gold: Gold


@dataclass(frozen=True)
class Dataset:
    folder: Path
    cases: tuple[Case, ...]
    starter: bool
    """The knowledge is that of the demo office which ships, not a folder beside the cases."""

    @property
    def knowledge(self) -> Path:
        return self.folder / "knowledge"


def load_dataset(folder: Path) -> Dataset:
    """Every `cases/NAME.md` with its `NAME.gold.yaml`; CaseError names file and line."""
    cases = folder / "cases"
    if not cases.is_dir():
        raise CaseError(f"{folder}: no cases/ folder; it should hold NAME.md and NAME.gold.yaml")
    starter = _starter(folder)
    if not starter and not (folder / "knowledge").is_dir():
        raise CaseError(f"{folder}: no knowledge/ folder beside cases/; copy the office's here")
    files = [p for p in sorted(cases.glob("*.md")) if not p.name.upper().startswith("README")]
    if not files:
        raise CaseError(f"{cases}: no case (NAME.md) stands there")
    return Dataset(folder, tuple(_case(path) for path in files), starter)


def _starter(folder: Path) -> bool:
    path = folder / "dataset.toml"
    if not path.is_file():
        return False
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{path}: is no TOML: {error}") from None
    return settings.get("starter") is True


def _case(path: Path) -> Case:
    gold = path.with_name(f"{path.stem}.gold.yaml")
    if not gold.is_file():
        raise CaseError(f"{gold}: missing; a case needs its gold labels beside it")
    return Case(path.stem, path, read_source(path), read_gold(gold))


def read_gold(path: Path) -> Gold:
    """One gold file; strict, strings only."""
    text = clean(decode(path.read_bytes())[0]).text
    try:
        values, lines = parse_yaml(text)
    except FrontMatterError as error:
        raise CaseError(f"{path}:{error.line}: {error.message}") from None
    try:
        return Gold.model_validate(_shaped(values))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        line = lines.get(place) or lines.get(place.split(".")[0], 1)
        raise CaseError(f"{path}:{line}: {place}: {first['msg']}") from None


def _shaped(values: dict[str, Any]) -> dict[str, Any]:
    """An empty value means none: `overlaps:` with nothing behind it."""
    return {key: value for key, value in values.items() if value not in ("", None)}
