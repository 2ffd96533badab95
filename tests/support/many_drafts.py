"""A record with many drafts, made from the drafts of the demo office, each under a name of its own.

For what must stay quick with a full inbox. The drafts are whole: findings, quotes and evidence.
"""

import hashlib
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

from agent.batch import proposal_files
from agent.settings import load_settings
from agent.wiring import open_library, open_record
from agent.workspace import PACKS, make_office
from tui.drafting import draft_files, until_cancelled


def office_with(drafts: int, folder: Path, said: Callable[[int], object] = lambda _n: None) -> Path:
    """The demo office at `folder`, reviewed, and so many drafts on its record in all."""
    make_office(folder, list(PACKS))
    settings = load_settings(folder, by="bench")
    with open_record(settings) as store:
        library = open_library(settings, lambda _sentence: None)
        files = proposal_files([settings.proposals])
        rows = draft_files(files, library, settings, store, say=lambda _sentence: None)
        made = [r.draft for r in until_cancelled(rows, lambda: False) if r.draft is not None]
        kept = [(d, store.raw(d.initiative), store.evidence(d.id)) for d in made]
        for number, (draft, raw, evidence) in zip(
            range(len(made), drafts), cycle(kept), strict=False
        ):
            name = f"idea-{number:05d}"
            raw = raw + f"\n<!-- {name} -->\n".encode()
            sha = hashlib.sha256(raw).hexdigest()
            path = f"proposals/{name}.md"
            title = f"{draft.proposal.title} {number}"
            store.submit(
                initiative=name, raw=raw, sha256=sha, path=path, title=title, actor="bench"
            )
            ref = draft.proposal.model_copy(update={"path": path, "sha256": sha, "title": title})
            own = {"id": sha[:16], "initiative": name, "version": 1, "proposal": ref}
            store.save_draft(draft.model_copy(update=own), {}, "bench", evidence=evidence)
            said(number)
    return folder
