"""Facts are read from front matter and body: what is said, with its quote, and nothing else."""

import csv
import time
from pathlib import Path

import pytest

from agent.intake.facts import read_facts
from agent.intake.proposal import parse
from agent.schema.office import FactSetting
from agent.schema.proposal import Fact, Proposal

MEMBERS = {
    "audience": FactSetting(aliases={"members": "customers"}),
    "affected": FactSetting(aliases={"members": "customers"}),
}


def _sentences() -> list[tuple[str, str, tuple[str, ...]]]:
    """Sentences as teams write them, and what each says of one fact; (): nothing."""
    with (Path(__file__).parent / "fact_sentences.tsv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    return [(r["fact"], r["sentence"], tuple(filter(None, r["values"].split(",")))) for r in rows]


SENTENCES = _sentences()


def proposal(text: str) -> Proposal:
    return parse(text.encode(), "proposals/note.md")


def facts(text: str, **settings: FactSetting) -> dict[str, Fact]:
    return read_facts(proposal(text), settings)


@pytest.mark.parametrize(("name", "sentence", "values"), SENTENCES)
def test_a_sentence_states_a_fact_or_nothing(
    name: str, sentence: str, values: tuple[str, ...]
) -> None:
    fact = facts(f"# Note\n\n{sentence}\n")[name]
    assert fact.values == values
    assert fact.origin == ("inferred" if values else "unknown")
    assert all(cited.quote in sentence for cited in fact.citations)
    assert bool(fact.citations) == bool(values)


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len(SENTENCES) >= 120
    assert sum(not values for _, _, values in SENTENCES) >= 40


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("stage", "live", "production"),
        ("stage", "Prod", "production"),
        ("stage", "beta", "pilot"),
        ("stage", "proof of concept", "pilot"),
        ("automation", "Human-in-the-loop", "act_with_approval"),
        ("automation", "human in the loop", "act_with_approval"),
        ("automation", "act with notice", "act_with_notice"),
        ("automation", "SUGGEST", "recommend"),
        ("data", "PII", "personal"),
        ("data", "health", "sensitive"),
        ("data", "special categories", "sensitive"),
        ("supplier", "third party", "vendor"),
        ("supplier", "in-house", "in_house"),
        ("audience", "customer", "customers"),
        ("audience", "Staff", "employees"),
        ("generates", "to people", "to_people"),
        ("domain", "Claims Handling", "claims_handling"),
    ],
)
def test_aliases_ignore_case_hyphens_and_spaces(name: str, written: str, value: str) -> None:
    fact = facts(f"---\n{name}: {written}\n---\n# Note\n\nNothing else is said.\n")[name]
    assert (fact.values, fact.unknown_values, fact.origin) == ((value,), (), "declared")


def test_a_word_that_means_different_people_in_different_trades_is_a_question() -> None:
    text = "---\naudience: [clients, employees]\n---\n# Note\n\nNothing.\n"
    fact = facts(text)["audience"]
    assert fact.values == ("employees",)
    assert fact.unknown_values == ("clients",)


def test_the_office_says_what_its_words_mean() -> None:
    text = "---\naudience: clients\n---\n# Note\n\nNothing.\n"
    fact = facts(text, audience=FactSetting(aliases={"Clients": "customers"}))["audience"]
    assert (fact.values, fact.unknown_values) == (("customers",), ())


def test_a_declared_value_is_quoted_with_its_line_and_columns() -> None:
    fact = facts("---\nid: x\ndata: personal\n---\n# Note\n\nNothing.\n")["data"]
    (cited,) = fact.citations
    assert (cited.line_start, cited.col_start, cited.col_end) == (3, 1, 15)
    assert cited.quote == "data: personal"


def test_a_quote_of_the_body_names_line_columns_and_section() -> None:
    text = "# Note\n\n## How it works\n\nIt is quick. The adjuster confirms each payment.\n"
    (cited,) = facts(text)["automation"].citations
    assert (cited.line_start, cited.col_start, cited.line_end) == (5, 14, 5)
    assert cited.section == "Note > How it works"
    assert cited.check == "exact"


def test_for_levels_the_strictest_of_a_list_counts() -> None:
    assert facts("---\ndata: [business, personal]\n---\n# N\n\nNo.\n")["data"].values == (
        "personal",
    )


def test_the_strictest_sentence_of_the_body_counts() -> None:
    text = "# Note\n\nIt only suggests a sum. Sums below 100 are paid automatically.\n"
    assert facts(text)["automation"].values == ("autonomous",)


def test_less_declared_than_the_body_says_is_a_conflict_and_the_stricter_counts() -> None:
    text = (
        "---\nautomation: recommend\n---\n# Note\n\nThe letter is sent automatically to the shop.\n"
    )
    fact = facts(text)["automation"]
    assert (fact.values, fact.origin, fact.declared) == (
        ("autonomous",),
        "conflict",
        ("recommend",),
    )
    assert [c.line_start for c in fact.citations] == [7 - 1, 2]


@pytest.mark.parametrize(
    ("declared", "body"),
    [
        ("automation: recommend", "It proposes a date. If nobody reacts, nothing happens."),
        ("automation: recommend", "The clerk confirms each date before it is sent."),
        ("data: business", "Names of tenants, where a landlord includes them, are cut away."),
        ("data: business", "The list holds lifts; if somebody enters a phone number, it is read."),
        ("audience: [customers]", "Two clerks see all bookings of the day."),
        ("stage: idea", "The pilot runs from May to July."),
        ("generates: to_people", "It writes a summary for our handlers."),
    ],
)
def test_a_part_or_an_exception_does_not_contradict_what_is_declared(
    declared: str, body: str
) -> None:
    name = declared.split(":")[0]
    assert facts(f"---\n{declared}\n---\n# Note\n\n{body}\n")[name].origin != "conflict"


def test_one_odd_sentence_among_many_that_agree_is_no_conflict() -> None:
    agree = "The planner decides.\n\nIt only suggests a slot.\n\nIt only ranks the slots.\n"
    text = f"---\nautomation: recommend\n---\n# Note\n\n{agree}\nSlots are booked automatically.\n"
    assert facts(text)["automation"].origin != "conflict"


@pytest.mark.parametrize(
    ("declared", "body"),
    [
        ("automation: act_with_approval", "Refunds are paid automatically."),
        ("data: business", "It reads the medical reports of patients."),
        ("audience: [employees]", "Customers ask it questions in the app."),
        ("generates: none", "It writes replies to customers."),
        ("stage: idea", "It has been live since March."),
    ],
)
def test_more_than_is_declared_of_the_main_effect_is_a_conflict(declared: str, body: str) -> None:
    name = declared.split(":")[0]
    assert facts(f"---\n{declared}\n---\n# Note\n\n{body}\n")[name].origin == "conflict"


def test_more_declared_than_the_body_says_is_no_conflict() -> None:
    text = "---\ndata: sensitive\n---\n# Note\n\nIt uses names, addresses and dates of birth.\n"
    fact = facts(text)["data"]
    assert (fact.values, fact.origin) == (("sensitive",), "declared")


def test_disjoint_closed_sets_are_a_conflict_and_both_count() -> None:
    text = "---\nsupplier: in_house\n---\n# Note\n\nIt is an off-the-shelf product.\n"
    fact = facts(text)["supplier"]
    assert (fact.values, fact.origin) == (("in_house", "vendor"), "conflict")


def test_a_set_that_the_body_makes_larger_is_no_conflict() -> None:
    text = (
        "---\naudience: [employees]\n---\n# Note\n\nIt is used by staff. "
        "Customers receive a message with two dates.\n"
    )
    fact = facts(text)["audience"]
    assert (fact.values, fact.origin) == (("customers", "employees"), "inferred")


def test_an_open_set_is_never_contradicted() -> None:
    text = "---\ndomain: distribution\n---\n# Triage of claims\n\nIt is used by staff.\n"
    fact = facts(text)["domain"]
    assert (fact.values, fact.origin) == (("distribution",), "declared")


def test_the_title_gives_the_domain_where_nothing_is_declared() -> None:
    assert facts("# Triage of claims\n\nIt is quick.\n")["domain"].values == ("claims",)


def test_people_affected_are_never_taken_from_the_audience() -> None:
    fact = facts("---\naudience: customers\n---\n# Note\n\nIt answers customers.\n")["affected"]
    assert fact == Fact()


def test_a_person_settles_a_fact() -> None:
    text = "---\nautomation: recommend\n---\n# Note\n\nThe letter is sent automatically.\n"
    settled = read_facts(proposal(text), {}, {"automation": ("suggest",), "data": ("xyz",)})
    assert settled["automation"] == Fact(values=("recommend",), origin="person")
    assert settled["data"] == Fact(origin="person", unknown_values=("xyz",))


def test_words_of_the_office_for_people_are_read_in_the_body() -> None:
    fact = facts("# Note\n\nMembers receive a message with two dates.\n", **MEMBERS)["audience"]
    assert fact.values == ("customers",)
    assert facts("# Note\n\nMembers receive a message.\n")["audience"].values == ()
    team = "# Note\n\nThe team members receive a message.\n"
    assert facts(team, **MEMBERS)["audience"].values == ()


def test_a_fact_of_the_office_is_declared_or_named_beside_its_value() -> None:
    channel = FactSetting(values=("phone", "letter"), aliases={"telephone": "phone"})
    declared = facts("---\nchannel: Telephone\n---\n# N\n\nNo.\n", channel=channel)["channel"]
    assert declared.values == ("phone",)
    said = facts("# N\n\nThe channel is the telephone.\n", channel=channel)["channel"]
    assert (said.values, said.origin) == (("phone",), "inferred")
    aside = facts("# N\n\nA letter was lost.\n", channel=channel)["channel"]
    assert aside.values == ()
    strange = facts("---\nchannel: pigeon\n---\n# N\n\nNo.\n", channel=channel)["channel"]
    assert strange.unknown_values == ("pigeon",)


@pytest.mark.parametrize("heading", ["Background", "How it works today", "Alternatives", "Later"])
def test_sections_on_something_else_set_no_fact(heading: str) -> None:
    text = f"# Note\n\n## {heading}\n\nLetters are sent automatically. It reads medical reports.\n"
    found = facts(text)
    assert (found["automation"].values, found["data"].values) == ((), ())


def test_a_label_is_the_topic_of_its_line() -> None:
    text = "# Note\n\n- Users: claims handlers\n- Data: names, addresses\n- Left out: health data\n"
    found = facts(text)
    assert found["audience"].values == ("employees",)
    assert found["data"].values == ("personal",)


def test_a_table_row_is_read_with_its_first_cell() -> None:
    text = "# Note\n\n| What | Says |\n|---|---|\n| Data used | medical reports |\n"
    assert facts(text)["data"].values == ("sensitive",)


@pytest.mark.parametrize("word", ["the adjuster and the ", "not without approval ", "customers "])
def test_an_endless_sentence_costs_no_time(word: str) -> None:
    text = "# N\n\n" + word * 20_000
    start = time.process_time()
    found = facts(text)
    assert time.process_time() - start < 5
    assert all(len(c.quote) < 1000 for fact in found.values() for c in fact.citations)


def test_reading_twice_gives_the_same() -> None:
    text = "# N\n\nIt is used by staff in Germany, Austria and for customers of the UK. " * 3
    assert facts(text) == facts(text)
