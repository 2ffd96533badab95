"""Citations carry positions of the file as it stands on disk, whatever cleaning took out."""

from pathlib import Path

import pytest

from agent.intake.sources import Sources
from agent.schema.proposal import Citation
from knowledge.reading import load
from tests.support.evidence import CAPABILITY, NOTICE, TEXT, evidence, parsed

QUOTE = "Logs are kept for two years."
BODY = f"# Claims helper\n\nIt sorts claims. {QUOTE}\n\n## Later\n\nMore follows.\n"


def cited(raw: bytes, words: str = QUOTE) -> Citation:
    return Sources(parsed(raw), evidence()).cite("proposal", words)


def place(citation: Citation) -> tuple[int | None, int | None, int | None, int | None]:
    return citation.line_start, citation.col_start, citation.line_end, citation.col_end


@pytest.mark.parametrize(
    "raw",
    [
        BODY.encode(),
        BODY.replace("\n", "\r\n").encode(),
        BODY.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + BODY.encode(),
        BODY.encode("utf-16"),
        BODY.encode("utf-16-be"),
    ],
    ids=["lf", "crlf", "cr", "bom", "utf-16", "utf-16-be without mark"],
)
def test_line_ends_and_encodings_do_not_move_a_quote(raw: bytes) -> None:
    citation = cited(raw)
    assert place(citation) == (3, 18, 3, 46)
    assert (citation.check, citation.quote, citation.section) == ("exact", QUOTE, "Claims helper")


def test_columns_count_what_the_cleaning_removed() -> None:
    raw = BODY.replace("It sorts", "I\u200bt so\u200b\u200brts").encode()
    assert place(cited(raw)) == (3, 21, 3, 49)


def test_removed_characters_inside_the_quote_widen_it() -> None:
    raw = BODY.replace("two years", "two\u200b years").encode()
    citation = cited(raw)
    assert place(citation) == (3, 18, 3, 47)
    assert citation.quote == QUOTE


def test_removed_characters_of_an_earlier_line_do_not_count() -> None:
    raw = BODY.replace("# Claims helper", "# Clai\u200bms helper").encode()
    assert place(cited(raw)) == (3, 18, 3, 46)


def test_a_quote_over_two_lines_ends_where_it_ends() -> None:
    raw = BODY.replace("kept for", "kept\nfor").encode()
    citation = cited(raw)
    assert place(citation) == (3, 18, 4, 15)
    assert citation.quote == QUOTE.replace("kept for", "kept\nfor")


def test_front_matter_is_no_section_and_the_path_names_the_headings() -> None:
    sources = Sources(parsed(), evidence())
    assert sources.cite("proposal", "owner: Ada Example").section == ""
    assert sources.cite("proposal", NOTICE).section == "Claims helper › Safeguards"
    assert (
        sources.cite("proposal", NOTICE).line_start == TEXT.split("\n").index("## Safeguards") + 3
    )


def test_near_settles_which_of_two_places() -> None:
    text = "# T\n\nLogs are kept.\n\n## Again\n\nLogs are kept.\n"
    sources = Sources(parsed(text), evidence())
    assert sources.cite("proposal", "Logs are kept.").line_start == 3
    assert sources.cite("proposal", "Logs are kept.", near=text.rindex("Logs")).line_start == 7


def test_a_bad_citation_points_nowhere_and_keeps_the_words() -> None:
    for source in ("proposal", "CAP-77"):
        citation = Sources(parsed(), evidence()).cite(source, "Never written at all.")
        assert (citation.check, place(citation)) == ("bad", (None, None, None, None))
        assert citation.quote == citation.claimed == "Never written at all."


def test_a_pending_twin_can_be_quoted() -> None:
    citation = Sources(parsed(), evidence()).cite("twin", "It sorts claims too.")
    assert (citation.line_start, citation.section) == (3, "Twin")


# --- entries, read from real files ------------------------------------------------------------

POLICY = """---
id: TRUST
title: Trust
version: "1"
owner: Ada Example
requirements:
  - id: TRUST-01
    title: Notice
    text: People are told that they use a machine.
    severity: blocker
  - id: TRUST-02
    title: Labels
    text: Generated text is labelled as such.
---
# Trust
"""


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    files = {
        "policies/trust.md": POLICY,
        "capabilities/all.csv": (
            "id,title,status,description\n"
            "CAP-1,Claims sorter,production,Sorts claims by urgency.\n"
            "CAP-2,Letter reader,pilot,Reads scanned letters and files them.\n"
        ),
        "goals/all.jsonl": (
            '{"id": "GOAL-1", "title": "Speed", "measure": "Days to answer"}\n'
            '{"id": "GOAL-2", "title": "Trust", "measure": "Complaints a month"}\n'
        ),
    }
    for name, text in files.items():
        path = tmp_path / "knowledge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "knowledge"


def test_entries_are_cited_at_the_lines_of_their_files(knowledge: Path) -> None:
    entries = load(knowledge).entries
    everything = evidence(
        requirements=(entries["TRUST-01"], entries["TRUST-02"]),
        capabilities=(entries["CAP-1"], entries["CAP-2"]),
        goals=(entries["GOAL-1"], entries["GOAL-2"]),
    )
    sources = Sources(parsed(), everything)
    lines = POLICY.split("\n")

    label = sources.cite("TRUST-02", "Generated text is labelled as such.")
    assert label.line_start == lines.index("    text: Generated text is labelled as such.") + 1
    assert lines[label.line_start - 1][(label.col_start or 0) - 1 :] == label.quote

    # A row of a table stands on one line; its columns are not those of the text that is quoted.
    letter = sources.cite("CAP-2", "Reads scanned letters and files them.")
    assert place(letter) == (3, None, 3, None)
    assert letter.check == "exact"
    complaints = sources.cite("GOAL-2", "Complaints a month")
    assert (complaints.line_start, complaints.line_end) == (2, 2)


def test_a_requirement_is_quoted_from_its_own_lines_only(knowledge: Path) -> None:
    entries = load(knowledge).entries
    sources = Sources(parsed(), evidence(requirements=(entries["TRUST-01"], entries["TRUST-02"])))
    assert sources.cite("TRUST-02", "People are told that they use a machine.").check == "bad"


def test_the_proposal_cannot_be_shadowed_by_an_entry() -> None:
    impostor = CAPABILITY.model_copy(update={"id": "proposal"})
    sources = Sources(parsed(), evidence(capabilities=(impostor,)))
    assert sources["proposal"].text == TEXT
