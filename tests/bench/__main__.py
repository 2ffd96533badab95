"""`python -m tests.bench [WORD ...]`: runs the `bench_*` functions beside this file.

With words, only those whose name contains one. Prints one table; exits 1 when a bar is missed.
"""

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator

import tests.bench
from tests.bench.row import Row, table

Bench = Callable[[], Row | Iterable[Row]]


def benches() -> Iterator[tuple[str, Bench]]:
    """Every bench with its name, ordered by module and name."""
    for module in sorted(m.name for m in pkgutil.iter_modules(tests.bench.__path__)):
        if module in ("__main__", "row"):
            continue
        loaded = importlib.import_module(f"tests.bench.{module}")
        for name in sorted(vars(loaded)):
            if name.startswith("bench_"):
                yield f"{module}.{name}", getattr(loaded, name)


def run(words: list[str]) -> list[Row]:
    rows: list[Row] = []
    for name, bench in benches():
        if words and not any(word in name for word in words):
            continue
        sys.stderr.write(f"{name} ...\n")
        found = bench()
        rows += [found] if isinstance(found, Row) else list(found)
    return rows


def main() -> int:
    rows = run(sys.argv[1:])
    if not rows:
        sys.stderr.write("no bench has that name\n")
        return 2
    sys.stdout.write(table(rows) + "\n")
    return 0 if all(row.ok for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
