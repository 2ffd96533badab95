"""The schema that goes out is strict, and what comes back is cleaned and judged exactly."""

import json
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, create_model

from agent.readers.llm.schema import Malformed, Misfit, read_answer, wire_schema
from evals.scripted.strict import strict_problems


class Cat(BaseModel):
    kind: Literal["cat"]
    title: str = "no keyword here"


class Dog(BaseModel):
    kind: Literal["dog"]
    default: int = 3


class Home(BaseModel):
    """Some home."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(description="Its name.", min_length=2)
    cats: list[Cat] = Field(default_factory=list)
    pet: Cat | Dog = Field(discriminator="kind")
    again: "Home | None" = None
    of_two: Cat = Field(description="One of them.")


def test_the_schema_passes_the_strict_rules() -> None:
    schema = wire_schema(Home)
    assert list(strict_problems(schema)) == []
    assert schema is wire_schema(Home)


def test_properties_keep_their_order_and_words_stay() -> None:
    root = wire_schema(Home)
    assert list(root["properties"]) == ["name", "cats", "pet", "again", "of_two"]
    assert root["properties"]["name"] == {"type": "string", "description": "Its name."}
    assert "title" in wire_schema(Home)["$defs"]["Cat"]["properties"]


def test_an_answer_is_read_and_cleaned() -> None:
    data = {"kind": "cat", "title": "a\x1b[>q\u202eb\ud800"}
    assert read_answer(json.dumps(data), Cat).title == "ab\ufffd"


@pytest.mark.parametrize("around", ["{}", " \n{}\n ", "```json\n{}\n```", "```\n{}\n```\n"])
def test_white_space_and_a_fence_do_no_harm(around: str) -> None:
    assert read_answer(around.replace("{}", '{"kind": "cat"}'), Cat).kind == "cat"


@pytest.mark.parametrize(
    "text",
    ["", "no", '{"kind": "cat"', '{"kind": "cat"} and more', "[" * 50_000, "9" * 9000, "```\n```"],
)
def test_what_is_no_json(text: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_answer(text, Cat)
    assert str(caught.value).startswith("the answer is not JSON: ")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({}, "kind: is missing"),
        ({"kind": "cow"}, "kind: must be one of 'cat'"),
        ({"kind": "cat", "title": 3}, "title: must be a valid string"),
        ([], "the answer: must be an object"),
    ],
)
def test_what_does_not_fit(data: object, problem: str) -> None:
    with pytest.raises(Misfit) as caught:
        read_answer(json.dumps(data), Cat)
    assert caught.value.problems == (problem,)


def test_problems_repeat_no_hostile_name_and_are_bounded() -> None:
    data = {"name": "ab", **{f"x{number}\x1b[>q{'y' * 500}": 1 for number in range(50)}}
    with pytest.raises(Misfit) as caught:
        read_answer(json.dumps(data), Home)
    assert len(caught.value.problems) == 21
    assert caught.value.problems[-1].startswith("and 3")
    assert all(p.isprintable() and len(p) < 200 for p in caught.value.problems)


def test_a_model_of_many_fields_is_precomputed_once() -> None:
    fields = {f"f{number}": (str, ...) for number in range(30)}
    many = create_model("Many", **fields)  # type: ignore[call-overload]
    assert wire_schema(many)["required"] == list(fields)
