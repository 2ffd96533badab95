"""The starter policies and patterns: complete, valid, and readable without a problem."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from agent.intake.applicability import applies
from agent.schema.proposal import Fact
from knowledge.entries import Pattern, Policy, Requirement
from knowledge.frontmatter import parse
from knowledge.reading import load
from knowledge.vocabulary import (
    BEHAVIOURS,
    CLOSED_SETS,
    FACTS,
    ORDERED_FACTS,
    ROLES,
    SEVERITIES,
)

STARTER = Path(__file__).parents[2] / "knowledge" / "starter"
POLICY_FILES = sorted((STARTER / "policies").glob("*.md"))
PATTERN_FILES = sorted((STARTER / "patterns").glob("*.md"))
IDS = {f"TRUST-{number:02}" for number in range(1, 28)}
SIZE_LIMIT = 64 * 1024
FAMILIES = {
    "nist": r"NIST AI RMF (GOVERN|MAP|MEASURE|MANAGE) [1-6]\.(1[0-3]|[1-9])",
    "eu": r"EU AI Act Art\. \d{1,3}",
    "iso": r"ISO/IEC 42001 A\.(10|[2-9])\.[1-6](\.[2-8])?",
    "owasp": r"OWASP LLM(0[1-9]|10):2025 [A-Z][A-Za-z ]+",
    "hax": r"HAX G(1[0-8]|[1-9])",
}
OWASP_2025 = {
    "LLM01": "Prompt Injection",
    "LLM02": "Sensitive Information Disclosure",
    "LLM03": "Supply Chain",
    "LLM04": "Data and Model Poisoning",
    "LLM05": "Improper Output Handling",
    "LLM06": "Excessive Agency",
    "LLM07": "System Prompt Leakage",
    "LLM08": "Vector and Embedding Weaknesses",
    "LLM09": "Misinformation",
    "LLM10": "Unbounded Consumption",
}
NIST_LAST = {
    "GOVERN": (7, 3, 2, 3, 2, 2),
    "MAP": (6, 3, 5, 2, 2),
    "MEASURE": (3, 13, 3, 3),
    "MANAGE": (4, 4, 2, 3),
}
"""Highest subcategory of each category, in order."""
ISO_LAST = {
    "A.2": 4,
    "A.3": 3,
    "A.4": 6,
    "A.5": 5,
    "A.6.1": 3,
    "A.6.2": 8,
    "A.7": 6,
    "A.8": 5,
    "A.9": 4,
    "A.10": 4,
}
"""Number of the last control under each heading; the first is always 2."""

Item = dict[str, Any]


def requirements() -> list[Item]:
    """The requirements as they stand in the files, before any reader fills defaults in."""
    found: list[Item] = []
    for path in POLICY_FILES:
        found += parse(path.read_text("utf-8")).values["requirements"]
    return found


def patterns() -> list[Item]:
    return [dict(parse(path.read_text("utf-8")).values) for path in PATTERN_FILES]


REQUIREMENTS = requirements()
each_requirement = pytest.mark.parametrize("item", REQUIREMENTS, ids=lambda item: item["id"])
each_item = pytest.mark.parametrize("item", REQUIREMENTS + patterns(), ids=lambda item: item["id"])


def family(ref: str) -> str:
    return next((name for name, form in FAMILIES.items() if re.fullmatch(form, ref)), "")


def test_every_requirement_is_there_once() -> None:
    assert Counter(item["id"] for item in REQUIREMENTS) == Counter(IDS)


def test_at_least_six_patterns_that_together_speak_to_every_behaviour() -> None:
    assert len(patterns()) >= 6
    assert {key for item in patterns() for key in item["behaviours"]} == set(BEHAVIOURS)


@pytest.mark.parametrize("path", POLICY_FILES + PATTERN_FILES, ids=lambda path: path.stem)
def test_front_matter_is_small_and_nothing_links_out(path: Path) -> None:
    text = path.read_text("utf-8")
    assert parse(text).body <= SIZE_LIMIT
    assert not re.search(r"https?:|www\.|\w+\.(com|org|gov|eu)\b", text)


@each_requirement
def test_a_requirement_can_be_understood_and_acted_on(item: Item) -> None:
    assert 1 <= len(item["title"].split()) <= 8
    assert 1 <= len(re.findall(r"\.(?:\s|$)", item["text"])) <= 3
    assert item["severity"] in SEVERITIES
    assert item["enforce"] in {"block", "ask", "advise"}
    assert item["sign_off"] in ROLES
    if item["severity"] == "blocker":
        assert item["enforce"] == "block"


@each_item
def test_applicability_uses_only_known_facts_and_values(item: Item) -> None:
    when = item.get("applies_when", [])
    for mapping in when if isinstance(when, list) else [when]:
        assert mapping, "an empty mapping would apply to everything"
        for fact, values in mapping.items():
            assert fact in FACTS
            known = ORDERED_FACTS.get(fact) or CLOSED_SETS[fact]
            for value in [values] if isinstance(values, str) else values:
                assert value.removeprefix(">=") in known
                assert fact in ORDERED_FACTS or not value.startswith(">=")


@each_requirement
def test_references_are_identifiers_that_exist(item: Item) -> None:
    families = {family(ref) for ref in item["refs"]}
    assert "" not in families, item["refs"]
    assert len(families) >= 3
    for ref in item["refs"]:
        if family(ref) == "owasp":
            number, _, name = ref.removeprefix("OWASP ").partition(":2025 ")
            assert OWASP_2025[number] == name
        elif family(ref) == "nist":
            function, _, number = ref.removeprefix("NIST AI RMF ").partition(" ")
            category, _, sub = number.partition(".")
            assert 1 <= int(sub) <= NIST_LAST[function][int(category) - 1]
        elif family(ref) == "iso":
            heading, _, control = ref.removeprefix("ISO/IEC 42001 ").rpartition(".")
            assert 2 <= int(control) <= ISO_LAST[heading]
        elif family(ref) == "eu":
            assert int(ref.rpartition(" ")[2]) <= 113


def test_all_five_families_of_references_are_used() -> None:
    assert {family(ref) for item in REQUIREMENTS for ref in item["refs"]} == set(FAMILIES)


@each_requirement
def test_cues_are_many_distinct_and_never_one_common_word(item: Item) -> None:
    cues = item["look_for"]
    assert len(cues) >= 6
    assert len(cues) == len(set(cues))
    for cue in cues:
        assert '"' in cue or len(cue.split()) >= 2, cue
        assert cue.count('"') % 2 == 0, cue
        assert cue.strip('"').casefold() != item["title"].casefold()


def test_blockers_are_few() -> None:
    blockers = {item["id"] for item in REQUIREMENTS if item["severity"] == "blocker"}
    assert len(blockers) <= 6
    assert {"TRUST-01", "TRUST-03", "TRUST-13"} <= blockers


@pytest.mark.parametrize("path", POLICY_FILES, ids=lambda path: path.stem)
def test_every_requirement_is_explained_with_good_and_bad_examples(path: Path) -> None:
    text = path.read_text("utf-8")
    matter = parse(text)
    body = text[matter.body :]
    sections = re.split(r"^### (TRUST-\d\d) .*$", body, flags=re.MULTILINE)
    explained = dict(zip(sections[1::2], sections[2::2], strict=True))
    assert list(explained) == [item["id"] for item in matter.values["requirements"]]
    for section in explained.values():
        why, good, bad = re.split(r"^(?:Good|Bad):$", section, flags=re.MULTILINE)
        assert why.strip().startswith("Why: ")
        assert len(re.findall(r"^- .+\.$", good, re.MULTILINE)) >= 2
        assert len(re.findall(r"^- .+\.$", bad, re.MULTILINE)) >= 2


def test_the_pack_loads_without_a_problem(tmp_path: Path) -> None:
    for kind, files in (("policies", POLICY_FILES), ("patterns", PATTERN_FILES)):
        (tmp_path / kind).mkdir()
        for file in files:
            (tmp_path / kind / file.name).write_bytes(file.read_bytes())
    knowledge = load(tmp_path)
    assert knowledge.problems == ()
    assert {entry.id for entry in knowledge.of(Requirement)} == IDS
    assert len(knowledge.of(Policy)) == len(POLICY_FILES)
    assert len(knowledge.of(Pattern)) == len(PATTERN_FILES)
    notice = knowledge.entries["TRUST-01"]
    assert isinstance(notice, Requirement)
    assert notice.severity == "blocker"
    assert len(notice.applies_when) == 3


def applicable(**facts: str | tuple[str, ...]) -> tuple[set[str], set[str]]:
    """Ids of the requirements that apply, and of those where it is unknown."""
    given = {
        name: Fact(values=(value,) if isinstance(value, str) else value, origin="declared")
        for name, value in facts.items()
    }
    verdicts: dict[str, set[str]] = {"yes": set(), "no": set(), "unknown": set()}
    for requirement in load(STARTER).of(Requirement):
        verdicts[applies(requirement.applies_when, given).applies].add(requirement.id)
    return verdicts["yes"], verdicts["unknown"]


def test_a_small_internal_tool_gets_a_short_list_without_blockers() -> None:
    yes, unknown = applicable(
        automation="recommend",
        audience="employees",
        data="business",
        stage="pilot",
        generates="internal",
        supplier="vendor",
    )
    assert 8 <= len(yes) <= 10
    assert {"TRUST-09", "TRUST-18", "TRUST-21", "TRUST-26"} <= yes
    assert unknown == set()
    assert not yes & {item["id"] for item in REQUIREMENTS if item["severity"] == "blocker"}


def test_an_autonomous_decision_about_customers_gets_nearly_everything() -> None:
    yes, unknown = applicable(
        automation="autonomous",
        audience="customers",
        affected="customers",
        data="sensitive",
        stage="production",
        generates="to_people",
        supplier="vendor",
    )
    assert yes == IDS
    assert unknown == set()


def test_a_recommendation_to_staff_about_customers_needs_reasons_and_fairness_not_an_appeal() -> (
    None
):
    yes, unknown = applicable(
        automation="recommend",
        audience="employees",
        affected="customers",
        data="personal",
        stage="production",
        generates="none",
        supplier="in_house",
    )
    assert {"TRUST-05", "TRUST-10", "TRUST-11", "TRUST-14", "TRUST-15", "TRUST-19"} <= yes
    assert not yes & {"TRUST-01", "TRUST-03", "TRUST-13", "TRUST-17", "TRUST-18", "TRUST-27"}
    assert unknown == set()


def test_a_recommendation_about_applicants_must_be_announced() -> None:
    yes, _ = applicable(
        automation="recommend", audience="employees", affected="applicants", data="personal"
    )
    assert "TRUST-01" in yes


def test_unknown_facts_are_asked_for_and_never_taken_as_harmless() -> None:
    yes, unknown = applicable()
    assert {"TRUST-09", "TRUST-21", "TRUST-22"} == yes
    assert yes | unknown == IDS


def test_nobody_the_vocabulary_knows_is_forgotten_among_the_affected() -> None:
    """A group missing from a list would silently switch an appeal off."""
    for item in REQUIREMENTS + patterns():
        when = item.get("applies_when", [])
        for mapping in when if isinstance(when, list) else [when]:
            affected = mapping.get("affected", [])
            if "customers" in affected:
                assert set(affected) == set(CLOSED_SETS["affected"]), item["id"]


def test_an_assistant_for_brokers_is_announced_secured_and_watched() -> None:
    yes, _ = applicable(
        automation="inform", audience="agents", data="business", generates="to_people"
    )
    assert {"TRUST-01", "TRUST-02", "TRUST-11", "TRUST-12", "TRUST-17", "TRUST-24"} <= yes
