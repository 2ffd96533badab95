"""A question to a model that goes well, with its tools, its repair and its accounting."""

import json
from typing import Any

import pytest

from agent.readers.llm.types import Usage
from evals.scripted.reply import Reply, content, error, raw, tool_calls, value
from evals.scripted.server import Asked
from tests.support.chatting import BAD, BRIEF, GOOD, KEY, ask, fault_of, look_up, value_of


def test_one_call_returns_the_value() -> None:
    outcome = ask([value(GOOD)])
    answer = value_of(outcome)
    assert answer.value.model_dump() == GOOD
    assert (answer.repaired, answer.tool_calls) == (False, 0)
    (asked,) = outcome.server.asked
    assert outcome.server.refused == []
    assert [m["role"] for m in asked.messages] == ["system", "user"]
    assert asked.body["response_format"]["json_schema"]["strict"] is True
    assert set(asked.body) <= {"model", "messages", "response_format", "stream"}


def test_settings_reach_the_request() -> None:
    outcome = ask([value(GOOD)], settings={"temperature": 0.3, "max_output_tokens": 77})
    value_of(outcome)
    body = outcome.server.asked[0].body
    assert (body["model"], body["temperature"]) == ("scripted", 0.3)
    assert body["max_completion_tokens"] == 77


def test_headers_tell_nothing_of_this_machine() -> None:
    outcome = ask([value(GOOD)])
    headers = outcome.server.asked[0].headers
    assert set(headers) <= {
        "host",
        "content-type",
        "content-length",
        "accept",
        "accept-encoding",
        "user-agent",
        "connection",
    }
    assert headers["user-agent"] == "concord"


def test_the_key_goes_to_the_endpoint_and_an_empty_one_nowhere() -> None:
    def script(asked: Asked) -> Reply:
        return value(GOOD) if asked.authorized else error(401)

    assert ask(script).answer is not None
    assert ask(script, key="").answer is not None
    assert KEY not in json.dumps(ask(script).server.asked[0].headers)


def test_tools_of_a_turn_are_all_answered_then_none_are_offered() -> None:
    replies = [
        tool_calls(("search_knowledge", {"query": "a"}), ("search_knowledge", {"query": "b"})),
        tool_calls(("search_knowledge", {"query": "c"})),
        value(GOOD),
    ]
    outcome = ask(replies, tools=[look_up()])
    assert value_of(outcome).tool_calls == 3
    first, second, last = outcome.server.asked
    assert outcome.server.refused == []
    assert first.tools == second.tools == ("search_knowledge",)
    assert "response_format" not in first.body
    assert last.tools == ()
    assert last.schema == BRIEF.name
    answers = [m["content"] for m in last.messages if m["role"] == "tool"]
    assert answers == ["a: nothing found", "b: nothing found", "c: nothing found"]


def test_a_turn_without_a_look_up_goes_straight_on() -> None:
    outcome = ask([content("I know enough."), value(GOOD)], tools=[look_up()])
    value_of(outcome)
    assert len(outcome.server.asked) == 2
    assert [m["role"] for m in outcome.server.asked[1].messages] == ["system", "user"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("search_knowledge", '{"query": '), "no JSON object"),
        (("delete_everything", {"query": "a"}), "There is no tool named delete_everything"),
        (("rm -rf /\x1b[>q", {}), "There is no tool named rm_-rf"),
        (("", {}), "There is no tool named unnamed"),
    ],
)
def test_a_bad_call_is_answered_in_words(call: tuple[str, object], said: str) -> None:
    outcome = ask([tool_calls(call), content("done"), value(GOOD)], tools=[look_up()])
    assert value_of(outcome).value.id == "T-1"
    assert outcome.server.refused == []
    answers = [m["content"] for m in outcome.server.asked[-1].messages if m["role"] == "tool"]
    assert len(answers) == 1
    assert said in answers[0]


@pytest.mark.parametrize("arguments", ['["a"]', "1", "[" * 2000])
def test_a_call_that_breaks_the_library_ends_the_look_ups(arguments: str) -> None:
    calls = tool_calls(("search_knowledge", arguments))
    outcome = ask([calls, value(GOOD), value(GOOD)], tools=[look_up()])
    assert value_of(outcome).value.id == "T-1"
    assert outcome.server.refused == []


def test_endless_calls_end_after_eight() -> None:
    def script(asked: Asked) -> Reply:
        if not asked.tools:
            return value(GOOD)
        return tool_calls(*[("search_knowledge", {"query": str(n)}) for n in range(50)])

    outcome = ask(script, tools=[look_up()])
    assert value_of(outcome).tool_calls == 8
    assert len(outcome.server.asked) == 3
    assert outcome.server.refused == []
    answers = [m["content"] for m in outcome.server.asked[-1].messages if m["role"] == "tool"]
    assert sum("nothing found" in a for a in answers) == 8
    assert all("nothing found" in a or "8 look-ups are the most" in a for a in answers)


def test_what_tools_are_given_and_give_is_cleaned_and_cut() -> None:
    calls = tool_calls(("search_knowledge", {"query": "a\x1b[>q\u202eb"}))
    outcome = ask([calls, content("ok"), value(GOOD)], tools=[look_up(text="x" * 20_000)])
    value_of(outcome)
    (answer,) = [m["content"] for m in outcome.server.asked[-1].messages if m["role"] == "tool"]
    assert answer.startswith("ab: xxx")
    assert len(answer) == 6_000


def test_a_fence_around_json_is_taken_off() -> None:
    outcome = ask([content(f"```json\n{json.dumps(GOOD)}\n```\n")])
    assert value_of(outcome).repaired is False


def test_one_repair_says_exactly_what_failed() -> None:
    outcome = ask([value(BAD), value(GOOD)])
    assert value_of(outcome).repaired is True
    last = outcome.server.asked[-1].messages
    assert [m["role"] for m in last] == ["system", "user", "assistant", "user"]
    assert last[2]["content"] == json.dumps(BAD)
    assert last[3]["content"] == (
        "Mend this:\nstatus: must be one of 'in_place', 'planned' or 'absent'"
    )


def test_a_check_asks_for_one_repair() -> None:
    def check(found: Any) -> list[str]:
        return [] if found.id == "T-2" else ["id: T-1 is no id of this list"]

    outcome = ask([value(GOOD), value({**GOOD, "id": "T-2"})], check=check)
    answer = value_of(outcome)
    assert (answer.repaired, answer.value.id) == (True, "T-2")
    assert "T-1 is no id" in outcome.server.asked[1].messages[-1]["content"]


@pytest.mark.parametrize(
    "second",
    [value(BAD), content("no json"), error(400), value({**GOOD, "lines": [1, 2, 3, 4]})],
    ids=["misfit", "malformed", "rejected", "worse"],
)
def test_the_first_usable_value_stays_when_the_repair_is_no_better(second: Reply) -> None:
    def check(found: Any) -> list[str]:
        return [f"lines.{number}: too far" for number in found.lines]

    answer = value_of(ask([value(GOOD), second], check=check))
    assert (answer.repaired, answer.value.lines) == (False, [1, 2])


def test_usage_is_the_sum_of_all_calls() -> None:
    outcome = ask(
        [tool_calls(("search_knowledge", {"query": "a"})), content("ok"), value(BAD), value(GOOD)],
        tools=[look_up()],
    )
    spent = outcome.server.usage
    assert value_of(outcome).usage == Usage(
        4,
        sum(one["input"] for one in spent),
        sum(one["cached"] for one in spent),
        sum(one["output"] for one in spent),
    )
    assert [one["cached"] > 0 for one in spent] == [False, True, True, True]


def test_usage_that_is_nonsense_counts_as_nothing() -> None:
    body = {
        "choices": [{"message": {"role": "assistant", "content": json.dumps(GOOD)}}],
        "usage": {"prompt_tokens": 10**30, "completion_tokens": -5, "total_tokens": 1},
    }
    assert value_of(ask([raw(json.dumps(body).encode())])).usage == Usage(1)


def test_a_whole_answer_counts_even_when_it_was_cut_off() -> None:
    assert value_of(ask([content(json.dumps(GOOD) + "  ", "length")])).repaired is False


def test_a_setting_turns_the_tools_off() -> None:
    outcome = ask([value(GOOD)], tools=[look_up()], settings={"tools": False})
    assert value_of(outcome).tool_calls == 0
    assert outcome.server.asked[0].tools == ()


def test_a_failure_carries_what_it_cost() -> None:
    outcome = ask([content("no json"), content("again none")])
    fault = fault_of(outcome)
    assert fault.usage.calls == 2
    assert fault.usage.input_tokens == sum(one["input"] for one in outcome.server.usage) > 0


def test_an_endpoint_without_schemas_gets_it_in_words_from_then_on() -> None:
    def script(asked: Asked) -> Reply:
        if asked.schema:
            return error(400, "'response_format' of type 'json_schema' is not supported here")
        return value(BAD if len(asked.messages) == 2 else GOOD)

    outcome = ask(script)
    assert value_of(outcome).repaired is True
    assert [bool(asked.schema) for asked in outcome.server.asked] == [True, False, False]
    assert outcome.server.refused == []
    words = outcome.server.asked[1].messages[-1]["content"]
    assert words.startswith(BRIEF.user)
    assert '"additionalProperties": false' in words


def test_what_a_model_writes_is_clean() -> None:
    outcome = ask([value({**GOOD, "note": "a\x1b]52;c;Zm9v\x07b\u202e\u0090c"})])
    note = value_of(outcome).value.note
    assert note is not None
    assert note.isprintable()
