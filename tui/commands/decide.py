"""`concord decide`: steps and decisions without the screen; complete, and the same journal."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.deciding import Opened, Prepared, commit, open_sheet, prepare, record_steps
from agent.errors import DecisionError
from agent.intake.source import show_path
from agent.record.decision_file import parse_decision_file, read_object
from agent.record.targets import Target, merge_targets
from agent.review import Review
from agent.schema.decision import Decision, Steps
from agent.settings import Settings, load_settings
from agent.wiring import check_of, open_knowledge, open_record
from tui.commands.flags import Given, checked_steps, fields_of, steps_of
from tui.commands.stepping import step_back
from tui.files import stdin
from tui.out import put, put_json, say

if TYPE_CHECKING:
    from agent.record.store import Store

MAX_FILE = 1 << 20


def run(initiative: str, given: Given, office: Path | None, as_json: bool) -> int:
    settings = load_settings(office, by=given.by)
    file = _read(given.from_file)
    review = check_of(open_knowledge(settings), settings)
    with open_record(settings) as store:
        if given.take or given.release:
            return _hold(initiative, given, store, settings.user.name, as_json)
        if given.undo or given.redo or given.withdraw:
            _note_holder(initiative, store, settings.user.name)
            return step_back(initiative, given, file, store, settings.user.name, as_json)
        steps = _steps(given, file)
        opened = _open(initiative, steps, store, review, settings)
        _note_holder(initiative, store, settings.user.name)
        if not given.outcome and "outcome" not in file:
            _refuse_half(given, file)
            return _record_steps(opened, steps, store, review, settings, as_json)
        decision = _decision(opened, given, file, settings)
        prepared = prepare(
            opened,
            decision,
            people=settings.people,
            targets=_targets(decision, review, store),
            facts=review,
            date=date.today().isoformat(),
            earlier=_earlier(decision, store) if given.correct else (),
        )
        if given.preview:
            return _preview(prepared, as_json)
        receipt, path = commit(prepared, store, settings.root, correct=given.correct)
    if as_json:
        put_json(
            {
                "decision": prepared.decision.model_dump(mode="json", by_alias=True),
                "letter": str(path),
                "receipt": {"head": receipt.head, "count": receipt.count},
            }
        )
    else:
        put(f"{initiative}: {prepared.decision.outcome} recorded, by {prepared.decision.by}")
        put(f"letter: {path}")
        put(f"receipt: {receipt.full}")
    return 0


def _read(path: Path | None) -> dict[str, Any]:
    """The object of `--from`; what its fields may hold is checked with the decision."""
    if path is None:
        return {}
    shown = "-" if str(path) == "-" else show_path(str(path))
    try:
        raw = stdin(MAX_FILE + 1) if shown == "-" else _bytes(path)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise DecisionError(f"--from {shown}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise DecisionError(f"--from {shown}: is no UTF-8 text") from None
    if len(raw) > MAX_FILE:
        raise DecisionError(f"--from {shown}: is larger than 1 MiB, so no decision")
    return read_object(text, f"--from {shown}")


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_FILE + 1)


def _steps(given: Given, file: dict[str, Any]) -> Steps:
    from agent.record.steps import join

    named = {key: file[key] for key in Steps.model_fields if key in file}
    return join(checked_steps(named, _where(given)), steps_of(given))


def _where(given: Given) -> str:
    return f"--from {show_path(str(given.from_file))}" if given.from_file else "decision"


def _refuse_half(given: Given, file: dict[str, Any]) -> None:
    """What only a decision can hold must not be dropped because the outcome is missing."""
    typed = {**fields_of(given), "preview": given.preview, "correct": given.correct}
    only = set(Decision.model_fields) - set(Steps.model_fields) - {"by", "role", "schema_"}
    named = [n for n, value in typed.items() if value and n not in ("by", "role")]
    named += [n for n in file if n in only - {"initiative", "version", "draft", "at"}]
    if named:
        raise DecisionError(f"`{named[0]}` belongs to a decision: give --outcome with it")


def _open(
    initiative: str, steps: Steps, store: "Store", review: Review, settings: Settings
) -> Opened:
    return asyncio.run(
        open_sheet(
            initiative,
            store,
            review,
            more=steps,
            by=settings.user.name,
            on=date.today().isoformat(),
        )
    )


def _record_steps(
    opened: Opened,
    steps: Steps,
    store: "Store",
    review: Review,
    settings: Settings,
    as_json: bool,
) -> int:
    """Steps without a decision: they are kept and count from now on."""
    if steps == Steps():
        raise DecisionError("nothing to record: give --outcome, a step, or --from FILE")
    sheet = opened.sheet
    new = record_steps(opened, steps, store, review, settings.user.name)
    receipt = store.receipt()
    if as_json:
        put_json({"recorded": new, "outcome": sheet.effective.outcome, "receipt": receipt.full})
        return 0
    put(f"{sheet.draft.initiative}: {new} step{'s' if new != 1 else ''} recorded")
    if sheet.effective.outcome != sheet.draft.outcome:
        put(f"suggested outcome now: {sheet.effective.outcome} (was {sheet.draft.outcome})")
    put(f"receipt: {receipt.full}")
    return 0


def _decision(opened: Opened, given: Given, file: dict[str, Any], settings: Settings) -> Decision:
    """Flags above file above what the sheet itself says."""
    draft = opened.sheet.draft
    base = {
        "initiative": draft.initiative,
        "version": draft.version,
        "draft": draft.id,
        "shown": "",
        "by": settings.user.name,
    }
    merged = base | file | fields_of(given)
    merged |= opened.sheet.steps.model_dump(mode="json", by_alias=True)
    merged["at"] = datetime.now(UTC).isoformat(timespec="milliseconds")
    return parse_decision_file(json.dumps(merged), _where(given))


def _targets(decision: Decision, review: Review, store: "Store") -> Mapping[str, Target]:
    """What there is to merge into; nobody asks while nothing is merged."""
    wanted = decision.merge_into
    return merge_targets(review.knowledge, store, wanted) if wanted else {}


def _earlier(decision: Decision, store: "Store") -> list[Decision]:
    from agent.record.recall import earlier_decisions

    return earlier_decisions(store, decision.initiative, decision.version)


def _preview(prepared: Prepared, as_json: bool) -> int:
    decision = prepared.decision
    if as_json:
        put_json(
            {
                "decision": decision.model_dump(mode="json", by_alias=True),
                "letter": prepared.letter,
                "shown": decision.shown,
            }
        )
        return 0
    put(prepared.letter.rstrip("\n"))
    say(f"not recorded; to record just this: --shown {decision.shown}")
    return 0


def _note_holder(initiative: str, store: "Store", user: str) -> None:
    """Holding is a courtesy, no lock; whoever acts all the same should know."""
    holder = store.holder(initiative)
    if holder not in ("", user):
        say(f"note: {initiative} is held by {holder}")


def _hold(initiative: str, given: Given, store: "Store", user: str, as_json: bool) -> int:
    if given.take and given.release:
        raise DecisionError("--take and --release cannot be given together")
    if given.take:
        store.claim(initiative, user)
    else:
        store.release(initiative, user)
    holder = store.holder(initiative)
    if as_json:
        put_json({"initiative": initiative, "held_by": holder or None})
    else:
        put(f"{initiative}: {f'taken by {holder}' if holder else 'released'}")
    return 0
