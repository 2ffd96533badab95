"""Registered names in a text: longest first, whole words, case where case is all there is."""

import time
from pathlib import Path

import pytest

from agent.intake.names import Names
from knowledge.entries import Asset, Capability, Entry, Source
from knowledge.reading import load
from tests.support.insurer import write_insurer


@pytest.fixture
def names(tmp_path: Path) -> Names:
    return Names.of(load(write_insurer(tmp_path / "knowledge")).entries.values())


def found(names: Names, text: str) -> list[tuple[str, str]]:
    return [(f.entry, text[f.start : f.end]) for f in names.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It reads CAP-1 and AST-2.", [("CAP-1", "CAP-1"), ("AST-2", "AST-2")]),
        ("Documents lie in DocVault, as before.", [("AST-2", "DocVault")]),
        ("Documents lie in Doc Vault.", [("AST-2", "Doc Vault")]),
        ("The policy wording assistant helps.", [("CAP-4", "policy wording assistant")]),
        ("The policy\nwording assistant helps.", [("CAP-4", "policy\nwording assistant")]),
        ("The policy.\n\nWording assistant.", []),
        ("We use ACE daily.", [("AST-3", "ACE")]),
        ("That was an ace idea.", []),
        ("DocVaulting is a word.", []),
        ("Recordings of the Phone Hub.", [("AST-1", "Phone Hub")]),
        ("Posted to LedgerOne.", [("CAP-2", "LedgerOne")]),
        ("Posted to ledgerone.", []),
    ],
)
def test_a_name_is_found_where_it_stands(
    names: Names, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(names, text) == expected


def test_the_longest_name_wins_and_an_asset_before_a_capability_that_uses_it() -> None:
    source = Source(path="a.md", sha256="0", line=1, text="")
    entries: list[Entry] = [
        Asset(id="A-1", title="Claims Lake", source=source),
        Asset(id="A-2", title="Claims Lake Archive", source=source),
        Capability(id="B-1", title="Something", systems=("Claims Lake",), source=source),
    ]
    text = "From the claims lake archive, then the Claims Lake."
    got = [(f.entry, f.name) for f in Names.of(entries).find(text)]
    assert got == [("A-2", "Claims Lake Archive"), ("A-1", "Claims Lake")]


def test_generic_single_words_are_nobodys_name() -> None:
    source = Source(path="a.md", sha256="0", line=1, text="")
    names = Names.of([Capability(id="C-1", title="Search", source=source)])
    assert list(names.find("Search is a Search in search.")) == []
    assert names.lookup("Search") is None
    assert names.lookup("c-1") == "C-1"


def test_three_thousand_entries_are_looked_up_quickly() -> None:
    source = Source(path="a.md", sha256="0", line=1, text="")
    entries = [
        Capability(id=f"CAP-{n}", title=f"Model {n} for task {n % 7}", source=source)
        for n in range(3000)
    ]
    names = Names.of(entries)
    text = "It takes Model 17 for task 3 as input, and nothing else of the kind. " * 100
    start = time.process_time()
    count = sum(1 for _ in names.find(text))
    assert count == 100
    assert time.process_time() - start < 0.15  # 15 ms at rest
