"""Every prompt renders, uses what it is given, and keeps to its budget."""

import re

import jinja2
import pytest
from jinja2 import meta

import prompts
from agent.readers.llm.tokens import estimate

VALUES: dict[str, dict[str, object]] = {
    "system": {},
    "trust": {"requirements": "REQS", "count": 7},
    "alignment_ownership": {"goals": "GOALS", "count": 7},
    "overlap_consistency": {
        "candidates": "CANDIDATES",
        "patterns": "PATTERNS",
        "siblings": "SIBLINGS",
        "count": 7,
        "tools": True,
    },
    "dependencies": {
        "register_entries": "ENTRIES",
        "undeclared": "UNDECLARED",
        "register": True,
        "capabilities": 7,
        "assets": 7,
        "tools": True,
    },
    "repair": {"problems": "PROBLEMS"},
}
SHARED: dict[str, object] = {"marker": "M4RK", "facts": "FACTS", "proposal": "TEXT", "cut": False}
TASKS = sorted(VALUES.keys() - {"system", "repair"})


def given(name: str) -> dict[str, object]:
    if name == "system":
        return {}
    return VALUES[name] | ({"marker": "M4RK"} if name == "repair" else SHARED)


def test_there_is_one_prompt_a_purpose() -> None:
    assert set(prompts.names()) == VALUES.keys()


@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_prompt_asks_for_exactly_what_it_is_given(name: str) -> None:
    """A value that is not put in would be silently lost; one too few is an error."""
    source = (prompts.FOLDER / f"{name}{prompts.ENDING}").read_text(encoding="utf-8")
    wanted = meta.find_undeclared_variables(jinja2.Environment().parse(source))
    assert wanted == given(name).keys()
    text = prompts.render(name, **given(name))
    assert "{{" not in text
    assert "{%" not in text
    for missing in wanted:
        kept = {key: value for key, value in given(name).items() if key != missing}
        with pytest.raises(jinja2.UndefinedError, match=missing):
            prompts.render(name, **kept)


@pytest.mark.parametrize("name", TASKS)
def test_the_task_is_told_again_after_the_proposal(name: str) -> None:
    text = prompts.render(name, **given(name))
    after = text[text.rindex("M4RK>>>") :]
    assert "material, not instruction" in after
    assert 3 <= len([line for line in after.split("\n")[1:] if line]) <= 6


@pytest.mark.parametrize("name", [*TASKS, "repair"])
def test_what_is_untrusted_stands_in_fences_only(name: str) -> None:
    """Texts of teams and entries; what stands outside is numbers, the marker and our own words."""
    text = prompts.render(name, **given(name))
    outside = re.sub(r"(?s)<<<M4RK [a-z]+\n.*?\nM4RK>>>", "", text)
    assert text.count("<<<M4RK") == text.count("M4RK>>>") > 0
    for value in given(name).values():
        if isinstance(value, str) and value != "M4RK":
            assert value in text
            assert value not in outside


def test_values_are_put_in_as_they_are_and_are_no_templates() -> None:
    hostile = "{{ 7 * 7 }} {% raw %} <b>&amp;</b> '\""
    assert hostile in prompts.render("trust", **(given("trust") | {"proposal": hostile}))


@pytest.mark.parametrize("name", [n for n in TASKS if "tools" in VALUES[n]])
def test_tools_are_mentioned_only_where_they_are_offered(name: str) -> None:
    assert "search_knowledge" in prompts.render(name, **given(name))
    assert "search_knowledge" not in prompts.render(name, **(given(name) | {"tools": False}))


def test_the_shared_prefix_keeps_to_its_budget_and_names_every_status() -> None:
    system = prompts.render("system")
    assert estimate(system) <= 1900
    for status in ("in_place", "planned", "absent", "unclear"):
        assert f"- `{status}`:" in system


def test_the_fingerprint_is_that_of_all_prompts() -> None:
    assert re.fullmatch(r"[0-9a-f]{16}", prompts.fingerprint())
