"""What to complete first: gaps, how often an entry is used, and drafts that wait."""

from collections import Counter
from pathlib import Path

from agent.completing.status import Status, status
from agent.completing.usage import Usage, count
from knowledge.reading import load
from tests.support.catalogue import write

FULL = "automation: inform\naudience: employees\ndata: business\nbehaviours: {retention: a day}\n"
FILES = {
    "capabilities/a.md": "---\nid: A\ntitle: T\nstatus: production\nsystems: [Ledger]\n---\nIt.\n",
    "capabilities/b.md": f"---\nid: B\ntitle: Full\nowner: Ada\nstatus: pilot\n{FULL}---\nIt.\n",
    "capabilities/c.md": "---\nid: C\ntitle: Gone\nstatus: retired\n---\n",
    "capabilities/d.md": "---\nid: D\ntitle: Plan\nstatus: planned\n---\nIt.\n",
    "capabilities/e.md": "---\nid: E\ntitle: New\nstatus: draft\nsource: {file: a.csv}\n---\nIt.\n",
    "capabilities/f.md": "---\nid: F\ntitle: N\nstatus: draft\nsource: {file: a.csv}\n---\nIt.\n",
    "goals/g.md": "---\nid: G\ntitle: Grow\nowner: Ada\n---\n",
    "goals/h.md": "---\nid: H\ntitle: By hand\nstatus: draft\n---\n",
    "assets/l.md": "---\nid: L\ntitle: Ledger\nkind: system\nstatus: production\n---\n",
    "assets/m.md": "---\nid: M\ntitle: Mill\nkind: system\nstatus: production\n---\n",
    "policies/p.md": (
        "---\nid: P\ntitle: Rules\nowner: Ada\nsource: {file: p.pdf}\nrequirements:\n"
        "  - {id: R-1, title: One, text: Logs., source: {quote: Logs.}}\n"
        "  - {id: R-2, title: Two, text: Notes., applies_when: {data: personal},"
        " source: {quote: Notes.}}\n  - {id: R-3, title: Three, text: Tests.}\n---\n"
    ),
}
NONE = count(())


def of(tmp_path: Path, usage: Usage = NONE) -> Status:
    return status(load(write(tmp_path, FILES)), usage, {})


def test_what_is_in_use_and_says_least_comes_first(tmp_path: Path) -> None:
    rows = {row.entry.id: row for row in of(tmp_path).incomplete}
    assert list(rows) == ["A", "D", "G", "L", "M", "P"]
    assert [gap.missing for gap in rows["A"].gaps] == [
        "no owner",
        "no automation",
        "no behaviours",
        "no data",
        "no audience",
    ]
    assert rows["P"].gaps[0].missing == (
        "1 of 2 imported requirements apply always: say `applies_when`"
    )
    assert (rows["L"].used, rows["M"].used) == (1, 0)


def test_use_weighs_as_much_as_what_is_missing(tmp_path: Path) -> None:
    used = Usage(Counter({"G": 3, "P": 1}), Counter({"G": 2}), Counter(), 5)
    found = of(tmp_path, used)
    assert [row.entry.id for row in found.incomplete][:2] == ["G", "A"]
    assert found.incomplete[0].used == 5
    assert found.reviews == 5


def test_drafts_wait_by_document(tmp_path: Path) -> None:
    waiting = [(row.document, len(row.paths), row.drafts) for row in of(tmp_path).waiting]
    assert waiting == [("", 1, 1), ("a.csv", 2, 2)]
