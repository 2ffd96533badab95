"""Find the mapping for columns that nobody has explained: names first, then what the cells hold.

Owns how sure a guess is. Pure; the mappings that ship are its vocabulary.
"""

from collections.abc import Sequence
from statistics import median

from knowledge.columns import LONG, Bound, Mapping, Row, bind, fields_of, plain
from knowledge.mappings import of

SURE = 0.8
"""From here on a guess may be used without asking; below it a person has to say."""
SAMPLE = 200
"""Rows that are looked at."""
NAMED = ("assets", "goals")
"""Kinds of entries that a title may say enough of."""
FEW = 20
"""Rows with which nothing can be said of how much they differ."""
LONGEST_TITLE = 200
_PARTED = frozenset({"behaviours", "reuse", "scope"})
"""Fields that have parts."""
_SPECIAL = 0.02
"""What a mapping of a certain register has ahead of the general one: columns being equal."""


def guess(headers: Sequence[str], rows: Sequence[Row], folder: str) -> Mapping:
    """The likeliest mapping for these columns, its `confidence` and `alternatives` filled in.

    Always a mapping: without any known column, the one with the short distinct texts is the title
    and the one with the longest the body, with little confidence. `rows` may be a sample.
    """
    sample = rows[:SAMPLE]
    likely = [mapping for mapping in of(folder) if _marked(mapping, headers)]
    found = [_judged(mapping, headers, sample, folder) for mapping in likely]
    best = max(found, key=lambda m: (m.confidence, _width(m, headers), m.name), default=None)
    if best is None or "title" not in bind(best, headers).fields:
        return _by_content(headers, sample, folder)
    return _with_own(best, headers, folder)


def _with_own(mapping: Mapping, headers: Sequence[str], folder: str) -> Mapping:
    """With the columns beside it that are called as our fields, `behaviours.retention` too."""
    used, ours = bind(mapping, headers).used, fields_of(folder)
    known = {*mapping.columns, *mapping.alternatives}
    more: dict[str, tuple[str, ...]] = {}
    for header in headers:
        name = header.strip().lower()
        outer, dot, _ = name.partition(".")
        if outer in (_PARTED & ours if dot else ours - known) and header not in used:
            more.setdefault(name, (header,))
    return mapping.model_copy(update={"columns": {**more, **mapping.columns}}) if more else mapping


def _marked(mapping: Mapping, headers: Sequence[str]) -> bool:
    """Whether this may be the certain register that the mapping is for."""
    known = {plain(header) for header in headers}
    return not mapping.marks or any(plain(mark) in known for mark in mapping.marks)


def _width(mapping: Mapping, headers: Sequence[str]) -> int:
    return len(bind(mapping, headers).used)


def _judged(mapping: Mapping, headers: Sequence[str], rows: Sequence[Row], folder: str) -> Mapping:
    """The mapping with the columns that are there, and how far they can be trusted."""
    bound = bind(mapping, headers)
    others = _others(mapping, bound)
    confidence = 1.0 if "title" in bound.fields else 0.0
    if "title" in bound.fields and not mapping.marks:
        confidence *= _as_title([row.get(bound.fields["title"][0].header, "") for row in rows])
    if "title" in others and not mapping.marks:
        confidence *= 0.7
    if not LONG & bound.fields.keys() and folder not in NAMED:
        confidence *= 0.7 if len(bound.fields) > 2 else 0.5
    if len(bound.used) < 2:
        confidence *= 0.6
    kept = {k: v for k, v in mapping.columns.items() if k in bound.fields}
    dropped = [field for field in ("id", "status") if not _holds(bound, field, rows)]
    for field in dropped:
        if field in kept:
            others[field] = tuple(part.header for part in bound.fields[field])
            del kept[field]
    share = len(bound.used) / max(1, sum(1 for header in headers if header.strip()))
    named = len(bound.fields) / len(mapping.columns)
    confidence *= 0.9 + 0.05 * share + (0.05 - _SPECIAL) * named
    confidence += _SPECIAL * named if mapping.marks else 0.0
    return mapping.model_copy(
        update={"columns": kept, "confidence": round(min(confidence, 0.99), 3)}
        | {"alternatives": dict(sorted(others.items()))}
    )


def _others(mapping: Mapping, bound: Bound) -> dict[str, tuple[str, ...]]:
    """Field → further headers that a column of it could mean; sections of a text are no rivals."""
    found: dict[str, tuple[str, ...]] = {}
    for field, columns in mapping.columns.items():
        if field in LONG or field == "team":
            continue
        rivals = [h for name in columns for h in bound.names(name)[1:] if h not in bound.used]
        if rivals:
            found[field] = tuple(dict.fromkeys(rivals))
    return found


def _as_title(cells: Sequence[str]) -> float:
    """How much a column's cells look like names: nearly all there, short, mostly different."""
    said = [cell.strip() for cell in cells if cell.strip()]
    if not cells:
        return 1.0
    if not said:
        return 0.1
    filled = len(said) / len(cells)
    different = len(set(said)) / len(said) if len(said) >= FEW else 1.0
    short = 1.0 if median(map(len, said)) <= LONGEST_TITLE else 0.5
    return short * (1.0 if filled >= 0.8 else 0.7) * (1.0 if different >= 0.3 else 0.6)


def _holds(bound: Bound, field: str, rows: Sequence[Row]) -> bool:
    """Whether the column does what the field needs: ids that differ, stages that are known."""
    if field not in bound.fields or not rows:
        return True
    said = [text for row in rows if (text := bound.original(row, field))]
    if not said:
        return True
    if field == "id":
        return len(set(said)) == len(said)
    known = [bound.apply(row).get("status") for row in rows if bound.original(row, field)]
    stages = ("planned", "pilot", "production", "retired", "live", "poc", "beta", None, "")
    return sum(word in stages for word in known) >= 0.5 * len(known)


def _by_content(headers: Sequence[str], rows: Sequence[Row], folder: str) -> Mapping:
    """From the cells alone; for a person to look at."""
    columns: dict[str, tuple[str, ...]] = {}
    long = "text" if folder == "policies" else "body"
    cells = {header: [row.get(header, "").strip() for row in rows] for header in headers}
    full = {header: list(filter(None, some)) for header, some in cells.items()}
    texts = {header: median(map(len, said)) for header, said in full.items() if said}
    names_ = [h for h, size in texts.items() if 3 <= size <= LONGEST_TITLE and _mostly(cells[h])]
    if names_:
        columns["title"] = (max(names_, key=lambda h: (len(set(cells[h])), -headers.index(h))),)
    rest = {h: size for h, size in texts.items() if (h,) != columns.get("title")}
    if rest and long in fields_of(folder) and max(rest.values()) > 40:
        columns[long] = (max(rest, key=lambda h: (rest[h], -headers.index(h))),)
    others = {"title": tuple(h for h in names_ if (h,) != columns.get("title"))}
    return Mapping(
        folder=folder,
        columns=columns,
        confidence=0.3 if columns else 0.0,
        alternatives={k: v for k, v in others.items() if v},
    )


def _mostly(cells: Sequence[str]) -> bool:
    """Filled nearly everywhere, with words in it."""
    said = [cell for cell in cells if any(letter.isalpha() for letter in cell)]
    return bool(said) and len(said) >= 0.8 * len(cells)
