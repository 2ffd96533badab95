"""`concord index`: bring the index of the knowledge up to date and say what is wrong with it."""

from collections import Counter
from pathlib import Path

from agent.intake.rule_words import strange_words
from agent.settings import Settings, load_settings
from agent.wiring import open_library
from knowledge.reading import Knowledge
from knowledge.snapshot import Problem
from tui.out import Progress, counted, put, put_json, say

SOME_FAILED = 4


def run(office: Path | None, as_json: bool) -> int:
    settings = load_settings(office)
    with Progress("indexing") as progress:
        library = open_library(settings, say, progress, sync=True)
    knowledge = library.knowledge
    problems = problems_of(knowledge, settings)
    kinds = Counter(entry.kind for entry in library.entries.values())
    if as_json:
        put_json(
            {
                "entries": dict(sorted(kinds.items())),
                "drafts": len(knowledge.drafts),
                "fingerprint": knowledge.fingerprint,
                "embedder": library.index.embedder,
                "vectors": library.index.place,
                "problems": [_row(problem) for problem in problems],
                "notes": [_row(note) for note in knowledge.notes],
            }
        )
    else:
        for note in knowledge.notes:
            say(str(note))
        for problem in problems:
            say(str(problem))
        put(counted(kinds.items()))
        put(f"embedder {library.index.embedder}, vectors in {library.index.place}")
        count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
        put(f"knowledge {knowledge.fingerprint[:16]}, {count}")
        if knowledge.drafts:
            waiting = f"{len(knowledge.drafts)} drafts count for nothing until accepted"
            put(f"{waiting}: concord knowledge status")
    return SOME_FAILED if problems else 0


def _row(problem: Problem) -> dict[str, object]:
    return {"path": problem.path, "line": problem.line, "message": problem.message}


def problems_of(knowledge: Knowledge, settings: Settings) -> list[Problem]:
    """What is wrong with the files, and the words of rules that this office does not know."""
    return sorted([*knowledge.problems, *strange_words(knowledge, settings.facts)])
