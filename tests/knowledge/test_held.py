"""Entries searched in memory beside the written knowledge."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.embed import load_embedder
from knowledge.entries import Precedent, Source
from knowledge.held import Held
from knowledge.passages import passages

PURPOSE = {
    "letters": "Letter sorter Reads scanned letters and suggests the department that answers.",
    "storm": "Storm crews A forecast tells how many repair crews a storm will need.",
}


def past(name: str, purpose: str = "") -> Precedent:
    body = f"# {name}\n\nCosts 400,000 a year. Owner is Ada Brook. Letters, storms, crews.\n"
    source = Source(path=f"proposals/{name}.md", sha256=name, line=1, text=body)
    return Precedent(
        id=name, title=name, body=body, source=source, outcome="approve", purpose=purpose
    )


@pytest.fixture(scope="module")
def held() -> Held:
    entries = [past(name, PURPOSE[name]) for name in sorted(PURPOSE, reverse=True)]
    return Held(entries, load_embedder())


def names(held: Held, text: str, *, without: str = "") -> list[str]:
    keep = (lambda entry: entry.id != without) if without else None
    return [group[0].owner for group in held.near(text, keep)]


def test_the_nearest_comes_first_and_what_is_not_to_be_found_is_not(held: Held) -> None:
    assert names(held, "which department answers a scanned letter")[0] == "letters"
    assert names(held, "repair crews for a storm")[0] == "storm"
    assert names(held, "repair crews for a storm", without="storm") == ["letters"]
    assert names(held, "") == []


def test_a_precedent_rests_on_its_purpose_alone() -> None:
    (passage,) = passages(past("letters", PURPOSE["letters"]))
    assert passage.text == PURPOSE["letters"]
    assert (passage.line_start, passage.line_end) == (1, 3)
    assert "Costs" in passages(past("letters"))[0].text  # nothing is known of its purpose


def test_nothing_held_finds_nothing() -> None:
    empty = Held((), load_embedder())
    assert (names(empty, "letters"), empty.weigh("letters", ["letters"])) == ([], 0.0)


def test_words_are_weighed_among_those_held(held: Held) -> None:
    document = ["letters", "crews"]
    assert held.weigh("letters", document) > 0
    assert held.weigh("unheard", document) == 0.0


class Paid:
    """An embedder that would send what it is given."""

    name, dimension = "paid", 3

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise AssertionError(f"sent {texts}")


def test_another_embedder_of_the_knowledge_is_never_asked(held: Held) -> None:
    same = Held([past("letters", PURPOSE["letters"])], Paid())
    assert names(same, "letters") == ["letters"]
    assert np.array_equal(same.embed(["letters"]), held.embed(["letters"]))
