"""Past initiatives with the decisions that people took on them (CONTRACTS §9).

Owns reading and checking of cases and gold labels; runs nothing, scores nothing.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import Field, ValidationError, field_validator

from agent.errors import CaseError, ProposalError
from agent.intake.source import read_source, show_path
from agent.schema.base import Frozen
from knowledge.entries import Capability, Goal, Precedent, Requirement
from knowledge.frontmatter import FrontMatterError, parse_yaml
from knowledge.reading import Knowledge
from knowledge.text import clean, decode
from knowledge.vocabulary import Outcome, Relation, Status, Verdict

DATASETS = Path(__file__).parent / "datasets"
DEMO = DATASETS / "demo_office"
ScoredDimension = Literal["consistency", "dependencies", "ownership", "hygiene", "alignment"]
SCORED: tuple[ScoredDimension, ...] = get_args(ScoredDimension)
"""Only findings of these dimensions count for precision and recall; trust and overlap have
measures of their own."""
RESERVED = "proposal"


class GoldFinding(Frozen):
    dimension: ScoredDimension
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

    @field_validator("decided")
    @classmethod
    def _is_date(cls, value: str) -> str:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise ValueError(f"{value!r} is no date; write it as 2026-03-31") from None

    @field_validator("debatable")
    @classmethod
    def _are_paths(cls, paths: frozenset[str]) -> frozenset[str]:
        for path in sorted(paths):
            group, _, rest = path.partition(".")
            known = path == "outcome" or (group in ("requirements", "overlaps", "goals") and rest)
            if not known and not (group == "findings" and rest.split(".")[0] in SCORED):
                raise ValueError(
                    f"{path!r} is no path; write outcome, requirements.ID, overlaps.ID, goals.ID "
                    "or findings.DIMENSION[.SUBJECT]"
                )
        return paths

    def open(self, *path: str) -> bool:
        """Whether a label is debatable."""
        return ".".join(path).casefold() in {known.casefold() for known in self.debatable}


@dataclass(frozen=True)
class Case:
    """A proposal file and its labels. The file is read when the case runs: one that cannot be read
    is a failed case, while labels that cannot be read are the dataset's mistake."""

    name: str
    path: Path
    gold: Gold
    labels: Path
    lines: Mapping[str, int] = field(default_factory=dict)
    """Key path in the labels → physical line."""

    def mistake(self, key: str, what: str) -> CaseError:
        """An error at the line of a label."""
        line = _line(self.lines, key)
        return CaseError(f"{show_path(str(self.labels))}:{line}: {key}: {what}")


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
    files = [path for path in sorted(cases.glob("*.md")) if _is_case(path.name)]
    if not files:
        raise CaseError(f"{cases}: no case (NAME.md) stands there")
    _refuse_strays(cases, {path.stem for path in files})
    return Dataset(folder, tuple(_case(path) for path in files), starter)


def _is_case(name: str) -> bool:
    return not name.startswith(".") and not name.upper().startswith("README")


def _refuse_strays(cases: Path, names: Collection[str]) -> None:
    """Labels whose case was renamed or forgotten would silently count for nothing."""
    for path in sorted(cases.glob("*.gold.yaml")):
        name = path.name.removesuffix(".gold.yaml")
        if not name.startswith(".") and name not in names:
            raise CaseError(f"{path}: labels without a case; add {name}.md or remove them")


def _starter(folder: Path) -> bool:
    path = folder / "dataset.toml"
    if not path.is_file():
        return False
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{path}: is no TOML: {error}") from None
    starter = settings.pop("starter", False)
    if settings or not isinstance(starter, bool):
        raise CaseError(f"{path}: the only setting is `starter = true` or `false`")
    return starter


def _case(path: Path) -> Case:
    labels = path.with_name(f"{path.stem}.gold.yaml")
    if not labels.exists() and not labels.is_symlink():
        raise CaseError(f"{labels}: missing; a case needs its gold labels beside it")
    gold, lines = read_gold(labels)
    return Case(path.stem, path, gold, labels, lines)


def read_gold(path: Path) -> tuple[Gold, Mapping[str, int]]:
    """One gold file and the line of each label; strict, strings only."""
    shown = show_path(str(path))
    try:
        values, lines = parse_yaml(clean(decode(read_source(path))[0]).text)
    except ProposalError as error:
        raise CaseError(str(error)) from None
    except FrontMatterError as error:
        raise CaseError(f"{shown}:{error.line}: {error.message}") from None
    try:
        return Gold.model_validate(_shaped(values)), lines
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise CaseError(f"{shown}:{_line(lines, place)}: {place}: {_said(first)}") from None


def _shaped(values: dict[str, Any]) -> dict[str, Any]:
    """An empty value means none: `overlaps:` with nothing behind it."""
    return {key: value for key, value in values.items() if value not in ("", None)}


def _said(error: Mapping[str, Any]) -> str:
    if error["type"] == "extra_forbidden":
        return f"no such label; there are {', '.join(Gold.model_fields)}"
    return str(error["msg"]).removeprefix("Value error, ")


def _line(lines: Mapping[str, int], place: str) -> int:
    """The line of a label, or of the nearest one around it."""
    while place not in lines and "." in place:
        place = place.rpartition(".")[0]
    return lines.get(place, 1)


def require_known(dataset: Dataset, knowledge: Knowledge) -> None:
    """CaseError for the first label about something that the workspace does not have: it would be
    scored as wrong, or never, whatever the draft says."""
    names = [case.name for case in dataset.cases]
    for case in dataset.cases:
        if case.name in knowledge.entries or case.name == RESERVED:
            raise CaseError(f"{case.path}: {case.name} is the id of an entry; rename the case")
        known: dict[str, Collection[str]] = {
            "requirements": {entry.id for entry in knowledge.of(Requirement)},
            "goals": {entry.id for entry in knowledge.of(Goal)},
            "overlaps": {
                *(entry.id for entry in (*knowledge.of(Capability), *knowledge.of(Precedent))),
                *(name for name in names if name != case.name),
            },
        }
        for group, id_, key in _ids(case.gold):
            if id_ not in known[group]:
                raise case.mistake(key, f"the knowledge has no such {_KIND[group]}")


_KIND = {
    "requirements": "requirement",
    "goals": "goal",
    "overlaps": "capability, and there is no other case of that name",
}


def _ids(gold: Gold) -> Iterator[tuple[str, str, str]]:
    """(group, id, key path of the label)"""
    groups: dict[str, Collection[str]] = {
        "requirements": gold.requirements,
        "goals": gold.goals,
        "overlaps": gold.overlaps,
    }
    for group, ids in groups.items():
        yield from ((group, id_, f"{group}.{id_}") for id_ in ids)
    for path in sorted(gold.debatable):
        group, _, id_ = path.partition(".")
        if group in groups:
            yield group, id_, f"debatable.{path}"
