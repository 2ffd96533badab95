"""Hostile words in everything that a screen can show, and every screen walked in a terminal.

What reaches the terminal are only the sequences that the desk sends with harmless words too.
"""

import re
from pathlib import Path

from agent.readers.rules.reader import RulesReader
from agent.schema.assessment import Ask, Assessment, Claim, Covered, GoalReading, Look, Quote
from agent.schema.evidence import Evidence
from agent.schema.proposal import Proposal
from agent.settings import Settings
from tests.support.desk import LARGE
from tests.support.hostile import HOSTILE
from tests.support.naughty import STRINGS
from tests.support.office import propose, work, write_office
from tests.support.pseudo_terminal import Terminal, desk_in_terminal

_LOOK = r"(?:[0-9]|2[1-9]|39|49|[34]8;5;\d+|[34]8;2;\d+;\d+;\d+)"
OURS = re.compile(
    rf"\x1b\[\d+;\d+H|\x1b\[(?:{_LOOK}(?:;{_LOOK})*)?m"
    r"|\x1b\[\?(?:1049|1000|1003|1015|1006|1004|2004|25|7|2026)[hl]|\x1b\[\?20(?:26|48)\$p"
    r"|\x1b\]22;[a-z]+\x07|\x1b\[>25u|\x1b\[<u|\r\n|\n"
)
"""Cursor moves, colours, and the modes that Textual sets and takes back."""
CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)


class HostileReader(RulesReader):
    """The rules, and beside them a model that puts its words into every field."""

    def __init__(self, words: list[str]) -> None:
        self.words = words

    async def read(self, proposal: Proposal, evidence: Evidence) -> Assessment:
        read = await super().read(proposal, evidence)
        every = " ".join(self.words)
        claims = tuple(
            Claim(
                rule="value.alternative",
                subject=f"s{n}",
                dimension="alignment",
                severity="high",
                title=words,
                claim=words,
                ask=words,
                quotes=(Quote(source="proposal", text=words), Quote(source="CAP-9", text=words)),
                searched=(Look(source="proposal", text="It sorts", why=words),),
            )
            for n, words in enumerate(self.words)
        )
        return read.model_copy(
            update={
                "claims": (*read.claims, *claims),
                "questions": (*read.questions, Ask(text=every, about=every)),
                "goals": (*read.goals, GoalReading(id="GOAL-1", verdict="serves")),
                "coverage": read.coverage | {"trust": Covered(state="partly", note=every)},
                "summary": every,
            }
        )


def _writable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _office(root: Path, words: list[str]) -> Settings:
    """Title, body, file name, entry, policy and model text all hold the words."""
    settings = write_office(root)
    every = "\n\n".join(words)
    title = " ".join(" ".join(words).split())
    raw = every.encode("utf-8", "surrogatepass")
    entry = root / "knowledge" / "capabilities" / "hostile.md"
    head = b"---\nid: CAP-9\ntitle: Sorting letters\nowner: Ada Example\nstatus: production\n---\n"
    entry.write_bytes(head + raw)
    body = b"---\nid: letters\nstage: pilot\ndata: personal\n---\n# " + title.encode(
        "utf-8", "surrogatepass"
    )
    propose(settings, "letters", body + b"\n\nIt sorts letters.\n\n" + raw)
    name = _writable("".join(words)).replace("/", "_")[:60]
    propose(settings, f"z{name}", b"---\nid: named\n---\n# Named\n\nIt sorts the mail.\n")
    rows = work(settings, reader=HostileReader([_writable(w) for w in words]))
    assert [row.state for row in rows] == ["new", "new"], rows
    return settings


def _walk(terminal: Terminal) -> None:
    """Every screen, pane and dialog once; to the end of every list."""
    terminal.wait_for("INBOX", "enter open")
    for key, sign in (("?", "Keys"), (":", "Commands")):
        terminal.keys(key)
        terminal.wait_for(sign)
        terminal.keys("\x1b")
        terminal.wait_gone(sign)
    terminal.keys("\r")
    terminal.wait_for("[1 findings]", "decide")
    for pane in "2345671":
        terminal.keys(pane)
        terminal.wait_for(f"[{pane} ")
        for pressed in ("G", "]}[{g"):
            terminal.keys(pressed)
            terminal.settle(0.05)
    for key, sign in (("e", "words"), ("x", "Drop"), ("m", "Add"), ("c", "Save"), ("s", "why")):
        if key == "s":
            terminal.keys("5")
            terminal.wait_for("[5 ")
            terminal.keys("g")
            terminal.wait_for("s correct")
        terminal.keys(key)
        terminal.wait_for(sign, "esc close")
        terminal.keys("\x1b")
        terminal.wait_gone("esc close")
    for key in "!LD":  # jobs and errors, history, difference to the last version
        terminal.keys(key)
        terminal.settle(0.2)
        terminal.escape()
        terminal.settle(0.2)
    terminal.keys("A")
    terminal.wait_for("DECIDE", "Keys count now")
    for key in "214356":
        terminal.keys(key)
        terminal.settle()
        terminal.escape()
    terminal.keys("\x03")
    assert terminal.end() == 130


def _left_over(stream: bytes) -> set[str]:
    """Everything a terminal would obey that the desk does not send by itself."""
    rest = OURS.sub(" ", stream.decode("utf-8", "replace"))
    return {rest[m.start() : m.start() + 12] for m in CONTROLS.finditer(rest)}


def test_the_eye_for_sequences_sees() -> None:
    for words in (
        "\x1b[31mred",
        "\x1b[2J",
        "\x1b[>q",
        "\x9b31m",
        "a\x07",
        "\u202e",
        "\x1b]0;t\x07",
    ):
        assert _left_over(words.encode()), words
    assert not _left_over(b"\x1b[3;4H\x1b[1;38;5;233;48;5;16mok\x1b[0m\r\n\x1b[?2026h")


def test_no_control_byte_of_content_reaches_the_terminal(tmp_path: Path) -> None:
    """At the size that shows most at once; every string stands in one office."""
    settings = _office(tmp_path / "office", [*STRINGS, *HOSTILE])
    with desk_in_terminal(settings.root, size=LARGE) as terminal:
        _walk(terminal)
        assert _left_over(terminal.stream) == set()
        assert "Traceback" not in terminal.error()
