"""A catalogue and the queries about it, read from JSONL or CSV files.

Owns the two formats. A row that cannot be used is reported with `file:line` and left out; what a
query may be compared with is `corpus.py`'s.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NoReturn

from agent.errors import CaseError
from agent.intake.source import show_path
from evals.cases import DATASETS
from knowledge.entries import Capability, Source
from knowledge.fields import Fields, Report
from knowledge.grid import headed
from knowledge.snapshot import Problem
from knowledge.tables import SEPARATOR, csv_rows, jsonl_rows, nest, table_lines

DEMO_REGISTER: Final = DATASETS / "demo_register"
"""A made-up city's, to try the commands on."""
Variant = Literal["without_title", "with_title"]
ENDINGS: Final = (".csv", ".jsonl")
MAX_BYTES: Final = 256 << 20
COLUMNS: Final = frozenset({"id", "qid", "title", "description", "text", "agency", "year"})
"""Names that show which row of a table is its header."""
LONGEST_ID: Final = 120
LONGEST_NAME: Final = 24
"""Characters."""


@dataclass(frozen=True)
class Record:
    """One entry of the catalogue."""

    id: str
    title: str
    body: str
    """Description and outputs."""
    agency: str
    year: int | None
    jurisdiction: str
    source: Source

    @property
    def text(self) -> str:
        """The whole document, as the baselines read it."""
        return "\n".join(part for part in (self.title, self.body) if part)

    def capability(self) -> Capability:
        """The entry that an office would have of it."""
        return Capability(
            id=self.id, title=self.title, body=self.body, team=self.agency, source=self.source
        )


@dataclass(frozen=True)
class Query:
    """A description, and the records that are known to be the same system (or none)."""

    id: str
    text: str
    gold: frozenset[str]
    """Empty: it has no counterpart."""
    agency: str
    rewrite: str
    """How strongly the wording differs: strong, medium, light, or empty."""
    year: int | None
    years: tuple[int, ...]
    """Of the records that it is searched among; empty: all."""
    jurisdiction: str
    barred: frozenset[str]
    """Records that it is not compared with: excluded, ignored, and its own."""
    line: int


@dataclass(frozen=True)
class Register:
    """Everything that was read, and what could not be."""

    records: tuple[Record, ...]
    """By id."""
    queries: tuple[Query, ...]
    """In the order of the file."""
    problems: tuple[Problem, ...]


def load_register(catalogue: Path, queries: Path, variant: Variant) -> Register:
    """Both files. CaseError: one cannot be read at all, or nothing in it can be used."""
    problems: list[Problem] = []
    records: dict[str, Record] = {}
    for fields, source in _rows(catalogue, problems):
        record = _record(fields, source)
        if record is None:
            continue
        if record.id in records:
            fields.report("", f"the id `{record.id}` stands twice; only the first is used")
        else:
            records[record.id] = record
    if not records:
        _refuse(catalogue, "no entry", problems, "each needs an id and a title or description")
    found = _queries(queries, variant, records, problems)
    if not found:
        _refuse(queries, "no query", problems, "each needs an id and a text")
    ordered = tuple(records[name] for name in sorted(records))
    return Register(ordered, found, tuple(sorted(problems)))


def _refuse(path: Path, what: str, problems: list[Problem], needed: str) -> NoReturn:
    shown = show_path(str(path))
    own = next((f" ({problem})" for problem in problems if problem.path == shown), f"; {needed}")
    raise CaseError(f"{shown}: {what} could be read{own}")


def _rows(path: Path, problems: list[Problem]) -> Iterator[tuple[Fields, Source]]:
    """Each row with its place."""
    shown = show_path(str(path))
    if path.suffix.lower() not in ENDINGS:
        raise CaseError(f"{shown}: only {' and '.join(ENDINGS)} files can be read here")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CaseError(f"{shown}: larger than {MAX_BYTES >> 20} MiB")
        raw = path.read_bytes()
    except OSError as error:
        raise CaseError(f"{shown}: cannot be read: {error.strerror or error}") from None

    def report(line: int, message: str) -> None:
        problems.append(Problem(shown, line, message))

    physical, unread, _ = table_lines(raw)
    for problem in unread:
        report(1, problem)
    table, digest = path.suffix.lower() == ".csv", hashlib.sha256(raw).hexdigest()
    rows = _table(physical, report, shown) if table else jsonl_rows(physical, report)
    for line, values in rows:
        fields = Fields(values, _always(line), report, separator=SEPARATOR if table else None)
        yield fields, Source(path=shown, sha256=digest, line=line, text="", one_line=True)


def _table(
    physical: Sequence[str], report: Report, shown: str
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows of a CSV file by the names in its header. CaseError: none of them is an id."""
    found = headed(csv_rows(physical, report), COLUMNS)
    names = [name.lower() for name in found.headers]
    if found.line and not {"id", "qid"} & set(names):
        raise CaseError(
            f"{shown}:{found.line}: no column is called `id`; the columns are {', '.join(names)}"
        )
    for row in found.rows:
        if len(row.cells) > len(names) and any(map(str.strip, row.cells[len(names) :])):
            said = f"this row has {len(row.cells)} cells, the header {len(names)}; not used"
            report(row.line, said)
        else:
            yield row.line, nest(names, row.cells)


def _always(line: int) -> Callable[[str], int]:
    return lambda _name: line


def _record(fields: Fields, source: Source) -> Record | None:
    name, title = fields.text("id"), fields.text("title")
    parts = (fields.text("description") or fields.text("body"), fields.text("outputs"))
    body = "\n\n".join(part for part in parts if part)
    if not name or len(name) > LONGEST_ID:
        fields.report("id", f"an entry needs an `id` of at most {LONGEST_ID} characters; not used")
        return None
    if not title and not body:
        fields.report("", f"`{name}` has neither `title` nor `description`; not used")
        return None
    return Record(
        id=name,
        title=title,
        body=body,
        agency=_agency(fields),
        year=_year(fields, "year"),
        jurisdiction=fields.text("jurisdiction"),
        source=source.model_copy(update={"text": "\n".join(p for p in (title, body) if p)}),
    )


def _queries(
    path: Path, variant: Variant, records: dict[str, Record], problems: list[Problem]
) -> tuple[Query, ...]:
    found: dict[str, Query] = {}
    for fields, source in _rows(path, problems):
        query = _query(fields, source.line, variant, records)
        if query is None:
            continue
        if query.id in found:
            fields.report("", f"the query `{query.id}` stands twice; only the first is used")
        else:
            found[query.id] = query
    return tuple(found.values())


def _query(fields: Fields, line: int, variant: Variant, records: dict[str, Record]) -> Query | None:
    """A query, or a report of why it cannot be judged."""
    name = fields.text("qid") or fields.text("id")
    text = _text(fields, variant)
    gold = frozenset(fields.texts("gold_ids"))
    own = fields.text("query_record_id") or (name if name in records else "")
    years = tuple(sorted(set(_numbers(fields, "corpus_years"))))
    wrong = _wrong(name, text, gold, own, records, fields.text("kind"))
    if wrong:
        fields.report("", f"{wrong}; not used")
        return None
    barred = {*fields.texts("exclude_ids"), *fields.texts("ignore_ids"), own} - {""}
    return Query(
        id=name,
        text=text,
        gold=gold & records.keys(),
        agency=_agency(fields),
        rewrite=fields.text("rewrite")[:LONGEST_NAME],
        year=_year(fields, "year"),
        years=years,
        jurisdiction=fields.text("jurisdiction") or _implied(own, gold, records, years),
        barred=frozenset(barred),
        line=line,
    )


def _wrong(
    name: str,
    text: str,
    gold: frozenset[str],
    own: str,
    records: dict[str, Record],
    kind: str,
) -> str:
    """Why a query cannot be judged, or nothing."""
    if not name:
        return "a query needs a `qid` or `id`"
    if not text:
        return f"the query `{name}` has no text"
    if own and own in gold:
        return f"`{own}` is the query's own record, with which it is never compared"
    if gold and not gold & records.keys():
        return f"no record of `gold_ids` ({', '.join(sorted(gold))}) stands in the catalogue"
    if not gold and kind not in ("", "no_counterpart"):
        return f"the query `{name}` is said to have a counterpart, but `gold_ids` is empty"
    return ""


def _text(fields: Fields, variant: Variant) -> str:
    """The wording that was asked for; `text`, or title and description, where there is one only."""
    if text := fields.text(variant) or fields.text("text"):
        return text
    parts = (fields.text("title") if variant == "with_title" else "", fields.text("description"))
    return "\n\n".join(part for part in parts if part)


def _implied(
    own: str, gold: frozenset[str], records: dict[str, Record], years: tuple[int, ...]
) -> str:
    """A query that names years but no country is about the country of its own record, or of its
    counterparts where they agree."""
    if not years:
        return ""
    if own in records:
        return records[own].jurisdiction
    places = {records[name].jurisdiction for name in sorted(gold & records.keys())}
    return places.pop() if len(places) == 1 else ""


def _agency(fields: Fields) -> str:
    return fields.text("agency") or fields.text("team") or fields.text("organisation")


def _year(fields: Fields, name: str) -> int | None:
    return next(iter(_numbers(fields, name)), None)


def _numbers(fields: Fields, name: str) -> list[int]:
    found = []
    for word in fields.texts(name):
        if word.isascii() and word.isdigit() and len(word) <= 4:
            found.append(int(word))
        else:
            fields.report(name, f"`{name}` holds “{word}”, which is no year; it is ignored")
    return found
