"""From a model's answer on foundations to claims that the register bears out."""

from typing import Any

import pytest

from agent.draft.verify import verify
from agent.intake.evidence import gather
from agent.intake.facts import read_facts
from agent.intake.names import Names
from agent.readers.llm import dependencies
from agent.readers.llm.material import Material
from agent.readers.llm.wire import DependenciesAnswer
from knowledge.reading import Knowledge
from tests.support.evidence import parsed
from tests.support.model_reader import leaning, material

TEXT = """---
title: Mail helper
team: Post room
depends_on: [Northwind Ledger, Claims Lake]
---
# Mail helper

It reads letters from DocVault and writes to Archive One. Amounts come from Northwind Ledger and
from Petrel. Claims Lake brings the rest, see AST-77. Calls come from the Phone Hub.
"""
VAULT = "It reads letters from DocVault"
PETREL = "from Petrel"


@pytest.fixture(scope="module")
def given(knowledge: Knowledge) -> Material:
    proposal = parsed(TEXT)
    gathered = gather(proposal, knowledge, read_facts(proposal, {}), None)
    names = Names.of(knowledge.entries.values())
    return material(proposal, gathered, names=names)


def answer(*findings: dict[str, Any]) -> DependenciesAnswer:
    return DependenciesAnswer.model_validate({"findings": findings, "questions": []})


def test_what_the_register_bears_out_is_claimed_with_the_rules_weight(given: Material) -> None:
    told = answer(
        leaning("dependency.retired", "AST-2", VAULT),
        leaning("dependency.unregistered", "Petrel", PETREL),
        leaning("dependency.unregistered", "Northwind Ledger", "Northwind Ledger"),
        leaning("dependency.unregistered", "AST-4", "Claims Lake brings the rest"),
        leaning("reference.unknown", "AST-77", "see AST-77"),
    )
    assert dependencies.check(told, given) == ()
    checked = verify(dependencies.read(told, given), given.proposal, given.evidence)
    assert [(f.rule, f.subject, f.severity, f.dimension) for f in checked.findings] == [
        ("dependency.retired", "AST-2", "high", "dependencies"),
        ("dependency.unregistered", "petrel", "medium", "dependencies"),
        ("dependency.unregistered", "northwind ledger", "high", "dependencies"),
        ("dependency.unregistered", "AST-4", "high", "dependencies"),
        ("reference.unknown", "AST-77", "low", "hygiene"),
    ]
    retired = checked.findings[0]
    assert [(c.source, c.quote) for c in retired.citations] == [
        ("proposal", VAULT),
        ("AST-2", "status: retired"),
    ]
    assert retired.ask == "Say what you use instead, or how the work goes on without it."


@pytest.mark.parametrize(
    ("rule", "subject", "why"),
    [
        ("dependency.retired", "AST-3", "the register gives its status as production"),
        ("dependency.retired", "AST-99", "the register shows no such entry"),
        ("dependency.unregistered", "Archive One", "it is registered as AST-3"),
        ("dependency.unregistered", "Doc Vault", "it is registered as AST-2"),
        ("dependency.unregistered", "Phone Hub", "it is registered as AST-1"),
        ("dependency.unregistered", "Falcon", "the proposal does not write this name"),
        ("dependency.unregistered", "Mail helper", "it names the initiative or its team"),
        ("dependency.unregistered", "", "the proposal does not write this name"),
        ("reference.unknown", "AST-2", "it is registered as AST-2"),
        ("reference.unknown", "Petrel", "it is no id"),
    ],
)
def test_what_the_register_denies_is_named_and_left_out(
    given: Material, rule: str, subject: str, why: str
) -> None:
    told = answer(leaning(rule, subject, VAULT))
    (problem,) = dependencies.check(told, given)
    assert problem == f"findings {rule} “{subject}”: {why}; correct or drop it."
    part = dependencies.read(told, given)
    assert part.claims == ()
    assert part.notes == ("dependencies: 1 findings that do not hold left out",)


def test_a_finding_without_a_quote_is_a_problem(given: Material) -> None:
    (problem,) = dependencies.check(answer(leaning("dependency.retired", "AST-2")), given)
    assert problem.endswith("needs a quote of the proposal; give it or drop the finding.")


def test_without_a_register_no_name_can_be_unregistered(given: Material) -> None:
    registry = dict(given.evidence.registry) | {"assets_folder": 0}
    bare = material(given.proposal, given.evidence.model_copy(update={"registry": registry}))
    assert "keeps no register" in dependencies.CALL.brief(bare).user
    told = answer(leaning("dependency.unregistered", "Petrel", PETREL))
    part = dependencies.read(told, bare)
    assert (part.claims, part.coverage["dependencies"].state) == ((), "partly")


def test_the_register_that_is_shown_names_status_successor_and_aliases(given: Material) -> None:
    user = dependencies.CALL.brief(given).user
    assert "[AST-2] DocVault (system; retired; also called Doc Vault; successor AST-3)" in user
    assert "Northwind Ledger\nm4rk>>>" in user
