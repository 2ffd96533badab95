"""Catalogue and queries: both formats, and every bad row with its place."""

import json
from pathlib import Path

import pytest

from agent.errors import CaseError
from evals.retrieval.corpus import split
from evals.retrieval.register import Register, Variant, load_register

CATALOGUE: list[dict[str, object]] = [
    {"id": "old", "title": "Old", "description": "Sorts letters.", "outputs": "A.", "year": 2023},
    {"id": "mid", "title": "Mid", "description": "Sorts post.", "outputs": "", "year": 2024},
    {"id": "new", "title": "New", "description": "Sorts parcels.", "year": 2025},
    {"id": "far", "title": "Far", "description": "Sorts mail.", "year": 2023},
]
for row in CATALOGUE:
    row["jurisdiction"] = "UK" if row["id"] == "far" else "US"


def write(folder: Path, name: str, rows: list[dict[str, object]]) -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def load(
    folder: Path,
    queries: list[dict[str, object]],
    catalogue: list[dict[str, object]] | None = None,
    variant: Variant = "without_title",
) -> Register:
    entries = CATALOGUE if catalogue is None else catalogue
    return load_register(
        write(folder, "catalogue.jsonl", entries),
        write(folder, "queries.jsonl", queries),
        variant,
    )


def said(register: Register) -> list[str]:
    return [f"{Path(p.path).name}:{p.line} {p.message}" for p in register.problems]


def test_documents_hold_title_description_and_outputs(tmp_path: Path) -> None:
    register = load(tmp_path, [{"id": "q", "text": "letters", "gold_ids": ["old"]}])
    assert [record.id for record in register.records] == ["far", "mid", "new", "old"]
    assert register.records[-1].text == "Old\nSorts letters.\n\nA."
    capability = register.records[-1].capability()
    assert (capability.title, capability.body) == ("Old", "Sorts letters.\n\nA.")
    assert register.problems == ()


@pytest.mark.parametrize(
    ("row", "variant", "text"),
    [
        ({"with_title": "Old. Sorts.", "without_title": "Sorts."}, "with_title", "Old. Sorts."),
        ({"with_title": "Old. Sorts.", "without_title": "Sorts."}, "without_title", "Sorts."),
        ({"text": "One wording."}, "with_title", "One wording."),
        ({"title": "Old", "description": "Sorts."}, "with_title", "Old\n\nSorts."),
        ({"title": "Old", "description": "Sorts."}, "without_title", "Sorts."),
    ],
)
def test_the_wording_that_was_asked_for(
    row: dict[str, object], variant: Variant, text: str, tmp_path: Path
) -> None:
    (query,) = load(tmp_path, [{"qid": "q", **row}], variant=variant).queries
    assert query.text == text


def test_a_table_of_one_s_own(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("id;title;description\nA 1;Ä;sorts\nB;Post;carries\n")
    (tmp_path / "q.csv").write_text("id,text,gold_ids,agency\nq1,sorter,A 1;B,Post\nq2,x,,Mail\n")
    register = load_register(tmp_path / "c.csv", tmp_path / "q.csv", "without_title")
    assert [query.gold for query in register.queries] == [{"A 1", "B"}, frozenset()]
    assert [query.agency for query in register.queries] == ["Post", "Mail"]


def test_every_bad_row_is_named_with_its_place(tmp_path: Path) -> None:
    entries: list[dict[str, object]] = [
        *CATALOGUE,
        {"title": "No id"},
        {"id": "old", "title": "again"},
        {"id": "empty"},
    ]
    queries: list[dict[str, object]] = [
        {"id": "q1", "text": "letters", "gold_ids": ["old"]},
        {"text": "nameless"},
        {"id": "q3", "gold_ids": ["old"]},
        {"id": "q4", "text": "post", "gold_ids": ["nowhere"]},
        {"id": "q1", "text": "twice", "gold_ids": ["mid"]},
        {"id": "q6", "text": "own", "gold_ids": ["old"], "query_record_id": "old"},
        {"id": "q7", "text": "none", "kind": "counterpart", "gold_ids": []},
        {"id": "q8", "text": "years", "corpus_years": [2023, "soon"], "gold_ids": ["old"]},
    ]
    register = load(tmp_path, queries, entries)
    assert [query.id for query in register.queries] == ["q1", "q8"]
    assert register.queries[1].years == (2023,)
    lines = said(register)
    assert [line.split(" ", 1)[0] for line in lines] == [
        "catalogue.jsonl:5",
        "catalogue.jsonl:6",
        "catalogue.jsonl:7",
        *(f"queries.jsonl:{n}" for n in (2, 3, 4, 5, 6, 7, 8)),
    ]
    assert "never compared" in lines[7]


def test_a_table_with_a_long_row_and_one_without_ids(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("id,title\nA,Post,more\nB,Bus\n")
    (tmp_path / "q.csv").write_text("id,text\nq,bus\n")
    register = load_register(tmp_path / "c.csv", tmp_path / "q.csv", "without_title")
    assert said(register) == ["c.csv:2 this row has 3 cells, the header 2; not used"]
    (tmp_path / "c.csv").write_text("Nr,title\nA,Post\n")
    with pytest.raises(CaseError, match=r"c\.csv:1: no column is called `id`.* nr, title"):
        load_register(tmp_path / "c.csv", tmp_path / "q.csv", "without_title")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("c.xml", "<a/>", "only .csv and .jsonl"), ("c.jsonl", "{}\n", "no entry could be read")],
)
def test_a_file_that_cannot_be_used(name: str, content: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    queries = write(tmp_path, "q.jsonl", [{"id": "q", "text": "x"}])
    with pytest.raises(CaseError, match=words):
        load_register(tmp_path / name, queries, "without_title")
    with pytest.raises(CaseError, match="cannot be read"):
        load_register(tmp_path / "absent.jsonl", queries, "without_title")


def test_a_query_sees_its_years_its_country_and_nothing_barred(tmp_path: Path) -> None:
    queries: list[dict[str, object]] = [
        {"id": "a", "text": "x", "corpus_years": [2023], "gold_ids": ["old"]},
        {"id": "b", "text": "x", "corpus_years": [2023, 2024], "jurisdiction": "UK"},
        {"id": "c", "text": "x", "gold_ids": ["far"], "ignore_ids": ["new"]},
    ]
    corpora, problems = split(load(tmp_path, queries), "q")
    seen = {
        query.id: {r.id for r in corpus.records} - corpus.barred(query)
        for corpus in corpora
        for query in corpus.queries
    }
    assert seen == {"a": {"old"}, "b": {"far"}, "c": {"far", "mid", "old"}}
    assert problems == []


def test_nothing_is_compared_with_its_own_record_or_a_later_one(tmp_path: Path) -> None:
    queries: list[dict[str, object]] = [
        {"id": "q", "text": "x", "query_record_id": "mid", "year": 2024, "gold_ids": ["old"]},
        {"id": "old", "text": "x", "gold_ids": ["far"]},
        {"id": "late", "text": "x", "year": 2023, "gold_ids": ["new"]},
    ]
    corpora, problems = split(load(tmp_path, queries), "q")
    (corpus,) = corpora
    assert {q.id: sorted(corpus.barred(q)) for q in corpus.queries} == {
        "q": ["mid", "new"],
        "old": ["old"],
    }
    assert [(p.line, "may see" in p.message) for p in problems] == [(3, True)]
