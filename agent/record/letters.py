"""Letters as files against the letters on record: which of them somebody changed since.

The record vouches for its own copy only; a file in `decisions/` is a copy for people. Reads only.
"""

from pathlib import Path

from agent.record import journal, verdicts
from agent.record.export import letter_path
from agent.record.store import Store


def changed_letters(store: Store, root: Path) -> list[str]:
    """One sentence for each existing file that is not what the record holds; a file that was moved
    away is nobody's fault, and a redacted letter has nothing to compare with."""
    with store.reading() as conn:
        kept = [
            (row, journal.get_text(conn, row.letter_sha256)) for row in verdicts.all_standing(conn)
        ]
    said = []
    for row, text in kept:
        path = root / letter_path(row.initiative, row.version)
        if text is None or not path.is_file():
            continue
        if path.read_bytes() != text.encode("utf-8", "surrogatepass"):
            again = f"concord export {row.initiative} --version-number {row.version}"
            said.append(f"{path} is not the letter on record; `{again}` writes that one again.")
    return said
