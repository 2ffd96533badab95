"""What stands at the head of the decision sheet, and what changed while it was open. Pure."""

from collections.abc import Iterator, Sequence

from agent.draft.summary import OUTCOME_WORDS
from agent.record.escape import shortened
from agent.schema.decision import Sheet
from knowledge.vocabulary import SEVERITIES
from tui.decided import decided_line
from tui.desk.fields import one_line

LONGEST = 240
"""Characters of one of them."""
MOST = 3
"""So many reasons, disagreements or changes are named; the draft shows all."""


def head_lines(sheet: Sheet) -> Iterator[str]:
    """Suggested outcome and why, findings, disagreements; first of all what stands already."""
    if sheet.decided is not None:
        line = one_line(decided_line(sheet.decided))
        if sheet.decided.outcome == "defer":
            yield line
        else:
            yield f"{line}. Sending this replaces it: a correction."
    draft = sheet.effective
    yield f"Suggested: {OUTCOME_WORDS[draft.outcome]}"
    yield from _few(draft.outcome_because)
    yield _counts(sheet)
    splits = _splits(sheet)
    if splits:
        yield f"The readers disagree where it matters ({len(splits)}):"
        yield from _few(splits)


def _few(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"  - {shortened(line, LONGEST)}" for line in lines[:MOST])
    if len(lines) > MOST:
        yield f"  and {len(lines) - MOST} more on the draft"


def _counts(sheet: Sheet) -> str:
    """`Findings: 5 open (1 blocker, 2 high, 2 low), 3 accepted, 1 dismissed`."""
    of = {
        state: [s for s in sheet.findings if s.state == state]
        for state in ("open", "accepted", "added", "dismissed", "outdated")
    }
    weights = [(w, sum(s.finding.severity == w for s in of["open"])) for w in SEVERITIES]
    said = ", ".join(f"{n} {w}" for w, n in weights if n)
    parts = [f"{len(of['open'])} open{f' ({said})' if said else ''}"]
    parts += [f"{len(found)} {state}" for state, found in of.items() if found and state != "open"]
    return f"Findings: {', '.join(parts)}"


def _splits(sheet: Sheet) -> list[str]:
    """Questions raised by two readers who read differently; only those that matter are asked."""
    readers = {name: o for name, o in sheet.effective.outcome_by_reader.items() if o}
    if len(readers) < 2:
        return []
    said = [f"{name}: {OUTCOME_WORDS[outcome]}" for name, outcome in readers.items()]
    found = [f"outcome by reader: {'; '.join(said)}"] if len(set(readers.values())) > 1 else []
    return found + [q.text for q in sheet.effective.questions if " reads " in q.text]


def changes(before: Sheet, now: Sheet) -> list[str]:
    """What moved on while the sheet was open, one line each."""
    lines = []
    old, new = before.draft, now.draft
    if new.version != old.version:
        lines.append(f"version {new.version} came in; you saw version {old.version}")
    elif new.id != old.id:
        lines.append("it was drafted again")
    if now.effective.outcome != before.effective.outcome:
        was, is_ = before.effective.outcome, now.effective.outcome
        lines.append(f"suggested is now {OUTCOME_WORDS[is_]}; it was {OUTCOME_WORDS[was]}")
    if now.decided is not None and now.decided != before.decided:
        lines.append(one_line(decided_line(now.decided)))
    lines += _finding_changes(before, now)
    for kind in ("overrides", "note_to_team"):
        if getattr(before.steps, kind) != getattr(now.steps, kind):
            word = "a correction" if kind == "overrides" else "the note to the team"
            lines.append(f"{word} was changed")
    return lines or ["a step was recorded by somebody else"]


def _finding_changes(before: Sheet, now: Sheet) -> list[str]:
    was = {s.finding.id: s for s in before.findings}
    is_ = {s.finding.id: s for s in now.findings}
    lines = [
        f"{one_line(s.finding.title)}: {'new' if id_ not in was else s.state}"
        for id_, s in is_.items()
        if id_ not in was or was[id_] != s
    ]
    lines += [f"{one_line(s.finding.title)}: gone" for id_, s in was.items() if id_ not in is_]
    more = len(lines) - MOST
    return lines[:MOST] + ([f"and {more} more findings"] if more > 0 else [])
