"""Who is named, and who is missing: proposals as teams write them."""

import pytest

from agent.intake.proposal import parse
from agent.readers.rules import ownership
from agent.readers.rules.people import named, standing_of
from agent.schema.evidence import Evidence
from agent.schema.proposal import Fact

PURPOSE = "# Letter sorter\n\nThe sorter reads incoming letters and proposes a department.\n\n"


def evidence(**facts: str) -> Evidence:
    return Evidence(
        knowledge="k",
        facts={name: Fact(values=(value,), origin="declared") for name, value in facts.items()},
        requirements=(),
        patterns=(),
        applicable={},
        goals=(),
        capabilities=(),
        assets=(),
    )


def claims(text: str, **facts: str) -> dict[tuple[str, str | None], str]:
    read = ownership.read(parse(text.encode(), "p.md"), evidence(**facts))
    return {(claim.rule, claim.subject): claim.severity for claim in read.claims}


@pytest.mark.parametrize(
    ("who", "standing"),
    [
        ("Priya Shah", "person"),
        ("Dr. Mats Öberg", "person"),
        ("priya.shah@harbour.example", "person"),
        ("Head of Claims", "post"),
        ("Chief Data Officer", "post"),
        ("Claims Director", "post"),
        ("claims-team@harbour.example", "nobody"),
        ("aimailbox@harbour.example", "nobody"),
        ("Digital Claims Team", "nobody"),
        ("IT department", "nobody"),
        ("the team", "nobody"),
        ("TBD", "nobody"),
        ("to be named", "nobody"),
        ("various", "nobody"),
        ("", "nobody"),
    ],
)
def test_a_name_stands_for_a_person_a_post_or_nobody(who: str, standing: str) -> None:
    assert standing_of(who) == standing


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Owner: Priya Shah", "owner"),
        ("- accountable: Priya Shah", "owner"),
        ("| Business owner | Priya Shah |\n|---|---|\n| Product | Jan Novak |", "owner"),
        ("Priya Shah, head of the mail room, is accountable for the sorter.", "owner"),
        ("The service is owned by Priya Shah.", "owner"),
        ("Priya Shah owns the service and its budget.", "owner"),
        ("Product: Jan Novak. Engineering: Lea Brandt.", "engineering"),
        ("- data steward: Lea Brandt", "data"),
        ("Tech lead is Lea Brandt.", "engineering"),
        ("Jan Novak leads the product, Lea Brandt runs it.", "operations"),
    ],
)
def test_names_with_a_role_are_found_in_prose_lists_and_tables(sentence: str, role: str) -> None:
    found = named(parse((PURPOSE + sentence + "\n").encode(), "p.md"))
    assert role in {n.role for n in found if n.standing != "nobody"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The policy owner receives a letter.",
        "Home owners and tenants wait equally long.",
        "The data comes from the mail archive.",
        "Design: two screens.",
        "Business as usual continues.",
        "Owner: to be decided",
        "Our other tool is owned by Priya Shah.",
    ],
)
def test_other_uses_of_the_words_name_nobody(sentence: str) -> None:
    found = named(parse((PURPOSE + sentence + "\n").encode(), "p.md"))
    assert [n for n in found if n.standing != "nobody"] == []


def test_no_owner_is_a_finding_with_the_trail_of_the_search() -> None:
    read = ownership.read(parse(PURPOSE.encode(), "p.md"), evidence())
    claim = next(c for c in read.claims if c.rule == "owner.missing")
    assert claim.severity == "medium"
    assert claim.searched[-1].why.endswith("read for names with a role")


def test_no_owner_of_something_that_acts_by_itself_is_grave() -> None:
    assert claims(PURPOSE, automation="autonomous")[("owner.missing", None)] == "high"


def test_a_mailbox_as_owner_is_named_and_quoted() -> None:
    text = "---\nowner: claims-team@harbour.example\n---\n" + PURPOSE
    read = ownership.read(parse(text.encode(), "p.md"), evidence())
    claim = next(c for c in read.claims if c.dimension == "ownership")
    assert (claim.rule, claim.subject) == ("owner.mailbox", "claims-team@harbour.example")
    assert claim.quotes[0].text == "claims-team@harbour.example"


def test_roles_are_asked_for_as_the_facts_demand() -> None:
    text = PURPOSE + "Owner: Priya Shah. Product: Jan Novak.\n"
    found = claims(text, data="personal", audience="customers")
    assert found == {
        ("role.missing", "data"): "medium",
        ("role.missing", "engineering"): "low",
        ("role.missing", "design"): "low",
    }


def test_where_no_role_is_named_two_are_asked_for_and_the_rest_is_a_question() -> None:
    text = PURPOSE + "Owner: Priya Shah\n"
    read = ownership.read(parse(text.encode(), "p.md"), evidence(data="personal"))
    assert [c.subject for c in read.claims] == ["data", "engineering"]
    assert "product" in read.questions[0].text


def test_a_role_that_the_text_says_is_not_needed_is_not_asked_for() -> None:
    text = PURPOSE + "Owner: Priya Shah. Product: Jan Novak. Design is not needed, no screen.\n"
    assert ("role.missing", "design") not in claims(text, audience="customers")


def test_a_role_left_open_is_quoted() -> None:
    text = PURPOSE + "Owner: Priya Shah. Product: Jan Novak.\n\nFor design we have nobody yet.\n"
    read = ownership.read(parse(text.encode(), "p.md"), evidence(audience="customers"))
    claim = next(c for c in read.claims if c.subject == "design")
    assert claim.quotes[0].text == "For design we have nobody yet."


def test_everything_named_is_silent() -> None:
    text = (
        "---\nowner: Priya Shah\nroles:\n  product: Jan Novak\n  engineering: Lea Brandt\n"
        "  data: Ona Reyes\n  design: Emil Falk\n---\n" + PURPOSE
    )
    assert claims(text, data="personal", audience="customers") == {}


def test_a_text_that_the_rules_cannot_read_is_not_accused() -> None:
    text = (
        "# Brieföffner\n\nDas System liest eingehende Briefe und schlägt eine Abteilung vor. "
        "Die Mitarbeiter prüfen jeden Vorschlag und entscheiden dann selbst, wohin er geht.\n"
    )
    read = ownership.read(parse(text.encode(), "p.md"), evidence())
    assert read.claims == ()
    assert read.coverage["ownership"].state == "not_checked"
