"""What a requirement goes back to and who signs it: letter, page, JSON and screen say it."""

import json

from agent.deciding import Opened
from agent.intake.proposal import parse
from agent.record.export import as_html, as_json, letter
from agent.schema.decision import Sheet, SheetFinding
from agent.schema.evidence import Evidence
from tests.support.sheets import APPEAL, REQUIREMENTS, sheet
from tui.render import draft_lines

REFS = ("EU AI Act Art. 86", "ISO/IEC 42001 A.8.3", "HAX G9", "NIST <AI> RMF MANAGE 4.1")
RULE = REQUIREMENTS["TRUST-03"].model_copy(update={"refs": REFS, "sign_off": "data"})
RULES = REQUIREMENTS | {"TRUST-03": RULE}


def with_appeal(**changed: object) -> Sheet:
    shown = SheetFinding(finding=APPEAL.model_copy(update=changed))
    return sheet().model_copy(update={"findings": (shown,)})


def test_a_letter_names_who_signs_and_the_first_three_texts() -> None:
    of = with_appeal(ask=f"Add it: {RULE.text}")
    written = letter(of, outcome="request_changes", requirements=RULES)
    assert (
        ", line 40, policy TRUST (EU AI Act Art. 86; ISO/IEC 42001 A.8.3; HAX G9)."
        " To be signed off by: data.\n"
    ) in written
    plain = letter(of, outcome="request_changes", requirements=REQUIREMENTS)
    assert "signed off" not in plain


def test_a_small_point_names_who_signs() -> None:
    of = with_appeal(severity="low")
    written = letter(of, outcome="request_changes", requirements=RULES)
    assert ", line 40, policy TRUST. To be signed off by: data.\n" in written


def opened() -> Opened:
    """The sheet as the screen gets it: with the requirements in its evidence."""
    evidence = Evidence(
        knowledge="k",
        facts={},
        requirements=tuple(RULES.values()),
        patterns=(),
        applicable={},
        goals=(),
        capabilities=(),
        assets=(),
    )
    return Opened(sheet(), parse(b"# Triage\n\nSorts claims.\n", "p.md"), evidence, "mark")


def test_the_page_has_all_texts_and_stays_inert() -> None:
    page = as_html(sheet(), requirements=RULES)
    assert "Goes back to: EU AI Act Art. 86; ISO/IEC 42001 A.8.3; HAX G9; NIST &lt;AI&gt;" in page
    assert page.count("Signed off by: data") == 1
    assert "Goes back to" not in as_html(sheet(), requirements=REQUIREMENTS)


def test_json_has_the_requirements_as_the_office_wrote_them() -> None:
    rows = json.loads(as_json(sheet(), requirements=RULES))["requirements"]
    assert list(rows) == sorted(RULES)
    assert rows["TRUST-03"] == {
        "title": "A way to appeal",
        "policy": "TRUST",
        "text": RULE.text,
        "refs": list(REFS),
        "sign_off": "data",
    }


def test_the_screen_has_them_when_everything_is_asked_for() -> None:
    full, brief = (
        " ".join("\n".join(draft_lines(opened(), full=full)).split()) for full in (True, False)
    )
    assert f"goes back to: {'; '.join(REFS)} to be signed off by: data" in full
    assert "signed off" not in brief
