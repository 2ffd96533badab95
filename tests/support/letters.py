"""The command line on one reviewed proposal of a tiny office."""

import re
from pathlib import Path
from typing import Any

from tests.support.command_line import Answer, call, objects
from tests.support.office import propose, write_office
from tests.support.refusals import PROPOSAL

ID = "letters"
RECEIPT = re.compile(r"receipt: ([0-9a-f]{64}:\d+)")


def reviewed_office(root: Path) -> Path:
    propose(write_office(root), ID, PROPOSAL)
    reviewed = call("review", office=root)
    assert reviewed.code == 0, reviewed.err
    return root


def draft_of(office: Path) -> dict[str, Any]:
    return dict(objects(call("show", ID, "--json", office=office))[0])


def findings_of(office: Path) -> dict[str, str]:
    """Rule and subject → id."""
    found = draft_of(office)["findings"]
    return {f"{f['rule']} {f['subject'] or ''}".strip(): f["id"] for f in found}


def done(answer: Answer) -> str:
    """What a command printed that went well."""
    assert answer.code == 0, answer.err
    return answer.out


def receipt_of(answer: Answer) -> str:
    found = RECEIPT.search(done(answer))
    assert found, answer.out
    return found[1]


def decide(office: Path, *words: object) -> Answer:
    return call("decide", ID, *words, office=office)
