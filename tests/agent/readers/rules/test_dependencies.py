"""Dependencies: retired, planned and unregistered foundations, and ids that nobody has."""

from pathlib import Path

import pytest

from agent.intake.evidence import gather
from agent.intake.facts import read_facts
from agent.intake.proposal import parse
from agent.readers.rules.dependencies import read
from agent.schema.assessment import Assessment, Claim
from knowledge.reading import Knowledge, load
from tests.support.insurer import FILES, write_insurer


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load(write_insurer(tmp_path_factory.mktemp("office") / "knowledge"))


def assessed(text: str, knowledge: Knowledge) -> Assessment:
    proposal = parse(text.encode(), "proposals/note.md")
    evidence = gather(proposal, knowledge, read_facts(proposal, {}), None)
    assessment = read(proposal, evidence)
    texts = {"proposal": proposal.source.text} | {e.id: e.source.text for e in evidence.entries()}
    for claim in assessment.claims:
        assert claim.quotes
        for quote in claim.quotes:
            assert quote.start is not None
            assert texts[quote.source].startswith(quote.text, quote.start)
    return assessment


def claims(text: str, knowledge: Knowledge) -> list[tuple[str, str | None]]:
    return [(c.rule, c.subject) for c in assessed(text, knowledge).claims]


def one(text: str, knowledge: Knowledge) -> Claim:
    (claim,) = assessed(text, knowledge).claims
    return claim


def body(sentence: str) -> str:
    return f"# Note\n\n## How it works\n\n{sentence}\n"


def test_a_declared_retired_foundation_names_its_successor(knowledge: Knowledge) -> None:
    claim = one("---\ndepends_on: [DocVault]\n---\n# Note\n\nNothing.\n", knowledge)
    assert (claim.rule, claim.subject, claim.severity) == ("dependency.retired", "AST-2", "high")
    assert "Archive One (AST-3)" in claim.claim
    assert [(q.source, q.text) for q in claim.quotes] == [
        ("proposal", "DocVault"),
        ("AST-2", "status: retired"),
    ]


def test_a_successor_that_is_retired_too_is_not_recommended(tmp_path: Path) -> None:
    folder = write_insurer(tmp_path / "knowledge")
    archive = folder / "assets" / "archive.md"
    text = archive.read_text(encoding="utf-8").replace("status: production", "status: retired")
    archive.write_text(text, encoding="utf-8")
    claim = one("---\ndepends_on: [DocVault]\n---\n# Note\n\nNothing.\n", load(folder))
    assert "its successor is Archive One (AST-3), which is retired too" in claim.claim
    assert claim.ask.startswith("Ask Tom Wick what replaces it")


def test_a_retired_foundation_in_the_text_is_found_by_any_name(knowledge: Knowledge) -> None:
    sentence = "The letters are read from Doc Vault each night."
    claim = one(body(sentence), knowledge)
    assert (claim.rule, claim.subject) == ("dependency.retired", "AST-2")
    assert claim.quotes[0].text == sentence


def test_a_retired_capability_without_successor_says_so(knowledge: Knowledge) -> None:
    claim = one("---\nreuses: [CAP-3]\n---\n# Note\n\nNothing.\n", knowledge)
    assert "no successor is named" in claim.claim
    assert "Ana Ruiz" in claim.ask


@pytest.mark.parametrize(
    "sentence",
    [
        "It does not use DocVault.",
        "DocVault was switched off last year.",
        "The archive of documents is read each night.",
        "Letters are stored in Archive One.",
    ],
)
def test_a_name_that_is_not_leant_on_is_no_finding(sentence: str, knowledge: Knowledge) -> None:
    assert claims(body(sentence), knowledge) == []


def test_a_section_on_how_it_was_is_no_dependency(knowledge: Knowledge) -> None:
    text = "# Note\n\n## Background\n\nLetters are read from DocVault.\n"
    assert claims(text, knowledge) == []


def test_a_planned_foundation_does_not_stand_yet(knowledge: Knowledge) -> None:
    claim = one(body("It reads the claims from the Claims Lake."), knowledge)
    assert (claim.rule, claim.subject) == ("dependency.unregistered", "AST-4")
    assert claim.severity == "medium"
    assert "planned" in claim.claim
    declared = one("---\ndepends_on: [Claims Lake]\n---\n# Note\n\nNothing.\n", knowledge)
    assert (declared.rule, declared.subject, declared.severity) == (
        "dependency.unregistered",
        "AST-4",
        "high",
    )


def test_a_declared_name_nobody_registered(knowledge: Knowledge) -> None:
    claim = one("---\ndepends_on: [Falcon Scoring]\n---\n# Note\n\nNothing.\n", knowledge)
    assert (claim.rule, claim.subject) == ("dependency.unregistered", "falcon scoring")
    assert claim.severity == "high"
    named = one(body("It pulls mileage from the Falcon database."), knowledge)
    assert (named.subject, named.severity) == ("falcon", "medium")


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("It pulls mileage from the Falcon database.", "falcon"),
        ("Damage photos come from FleetHub.", "fleethub"),
        ("It is loaded from the Green Card register every night.", "green card"),
    ],
)
def test_a_source_in_the_text_that_nobody_registered(
    sentence: str, subject: str, knowledge: Knowledge
) -> None:
    assert claims(body(sentence), knowledge) == [("dependency.unregistered", subject)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It reads data from March to June.",
        "Data from Customers is used.",
        "Letters come from Germany.",
        "It reads recordings from the Phone Hub.",
        "We took figures from the EU.",
        "Nothing is read from the Falcon database.",
        "Amounts are read from LedgerOne.",
        "The pilot takes from May to July.",
    ],
)
def test_what_is_no_unregistered_source(sentence: str, knowledge: Knowledge) -> None:
    assert claims(body(sentence), knowledge) == []


def test_an_id_that_nobody_has_is_a_low_hygiene_finding(knowledge: Knowledge) -> None:
    claim = one(body("It serves GOAL-9 and GOAL-1, as CAP-1 does."), knowledge)
    assert (claim.rule, claim.subject) == ("reference.unknown", "GOAL-9")
    assert (claim.dimension, claim.severity) == ("hygiene", "low")


def test_a_declared_goal_that_nobody_has(knowledge: Knowledge) -> None:
    text = "---\ngoals: [GOAL-9]\n---\n# Note\n\nNothing.\n"
    assert claims(text, knowledge) == [("reference.unknown", "GOAL-9")]


def test_an_unknown_id_declared_as_a_foundation_is_claimed_once(knowledge: Knowledge) -> None:
    text = "---\ndepends_on: [CAP-99]\n---\n# Note\n\nIt builds on CAP-99.\n"
    assert claims(text, knowledge) == [("dependency.unregistered", "cap-99")]


def test_ids_of_others_are_left_alone(knowledge: Knowledge) -> None:
    assert claims(body("It follows ISO-42001, COVID-19 and WCAG-2 rules."), knowledge) == []


def test_coverage_counts_what_there_was_to_check_against(knowledge: Knowledge) -> None:
    row = assessed(body("Nothing."), knowledge).coverage["dependencies"]
    assert (row.state, row.note) == (
        "checked",
        "checked against 4 registered assets and 5 capabilities",
    )


def test_without_a_register_unknown_names_are_no_finding_and_coverage_says_so(
    tmp_path: Path,
) -> None:
    for name, text in FILES.items():
        if not name.startswith("assets/"):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    assessment = assessed(body("It pulls mileage from the Falcon database."), load(tmp_path))
    assert assessment.claims == ()
    row = assessment.coverage["dependencies"]
    assert row.state == "partly"
    assert "keeps no asset register" in row.note


def test_of_a_text_that_the_rules_cannot_read_names_alone_are_checked(
    knowledge: Knowledge,
) -> None:
    german = body("Das Werkzeug fasst jeden Anruf zusammen und die Leute lesen es danach.")
    row = assessed(german, knowledge).coverage["dependencies"]
    assert row.state == "partly"
    assert row.note.endswith(
        "names alone, for the text is written in a language that the rules cannot read"
    )
