"""`concord audit`: is the record whole, and what did a decision rest on?"""

from pathlib import Path

from agent.record import audit, recall
from agent.record.journal import parse_receipt
from agent.record.letters import changed_letters
from agent.settings import load_settings
from agent.wiring import open_record
from tui.audited import recall_lines
from tui.out import put, put_json, say


def verify(expect: str | None, office: Path | None, as_json: bool) -> int:
    settings = load_settings(office)
    wanted = parse_receipt(expect) if expect else None
    with open_record(settings, create=False) as store:
        report = audit.verify(store, wanted)
        letters = changed_letters(store, settings.root)
    if as_json:
        put_json(
            {
                "ok": not report.problems,
                "entries": report.entries,
                "head": report.head if report.ok else None,
                "problems": list(report.problems),
                "redacted": list(report.redacted),
                "letters": letters,
            }
        )
    else:
        for problem in report.problems:
            put(problem)
        state = "broken" if report.problems else "whole"
        put(f"the record is {state}: {report.entries} entries")
        if report.ok:  # what is broken must not be filed as if it were vouched for
            put(f"receipt: {report.head}:{report.entries}")
        for letter in letters:
            put(f"note: {letter}")
        if report.redacted:
            put(f"{len(report.redacted)} contents were redacted, each with a journalled reason")
        if expect is None and not report.problems:
            say("--expect with a receipt kept elsewhere also finds a record written anew")
    return 1 if report.problems else 0


def show(
    initiative: str, version: int | None, office: Path | None, as_json: bool, full: bool = False
) -> int:
    settings = load_settings(office)
    with open_record(settings, create=False) as store:
        found = recall.show(store, initiative, version)
    if as_json:
        put_json(_plain(found))
        return 0
    for line in recall_lines(found, full=full):
        put(line)
    return 0


def _plain(found: recall.Recall) -> dict[str, object]:
    return {
        "initiative": found.version.initiative,
        "version": found.version.n,
        "path": found.version.path,
        "sha256": found.version.sha256,
        "proposal": None if found.raw is None else found.raw.decode("utf-8", "replace"),
        "draft": found.draft.model_dump(mode="json", by_alias=True) if found.draft else None,
        "texts": found.texts,
        "steps": found.steps.model_dump(mode="json", by_alias=True),
        "decisions": [
            {
                "seq": d.seq,
                "decision": d.decision.model_dump(mode="json", by_alias=True)
                if d.decision
                else None,
                "letter": d.letter,
                "corrects": d.corrects,
            }
            for d in found.decisions
        ],
        "journal": [
            {
                "seq": r.entry.seq,
                "kind": r.entry.kind,
                "actor": r.entry.actor,
                "at": r.entry.at,
                "hash": r.entry.hash,
                "payload": r.payload,
            }
            for r in found.entries
        ],
        "identity": found.identity,
    }
