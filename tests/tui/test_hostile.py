"""Hostile words in every place that a person can write to, all the way to the screen and the files.

None of their control characters comes out; the record holds every byte as it came.
CONCORD_HOSTILE names a JSONL file whose `text` fields go the same way.
"""

import hashlib
import json
import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from agent.wiring import open_record
from tests.support.command_line import Answer, call
from tests.support.naughty import STRINGS
from tests.support.office import propose, settings_of, write_office

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""What no screen and no file of ours may hold: controls, C1, bidi, tags, hidden separators."""
DOCUMENTED = {0, 1, 2, 3, 4}
GROUPS = 4

PROPOSAL = """---
id: {id}
title: {quoted}
owner: {quoted}
team: {quoted}
automation: recommend
audience: employees
data: personal
stage: pilot
goals: [{quoted}]
depends_on: [{quoted}]
---
# {text}

The assistant drafts letters for the clerk. {text}

Clerks are told that a machine wrote it: {text}

It was tested on cases, {text} among them.
"""


class Markup(HTMLParser):
    """What a browser would make of a page: elements and attributes that do or load something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.harmful: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "img", "svg", "iframe", "object", "embed", "form", "link", "base"):
            self.harmful.append(tag)
        for name, value in attrs:
            local = (value or "").startswith("#")
            if name.startswith("on") or (name in ("href", "src", "action") and not local):
                self.harmful.append(f"{tag} {name}={value}")


def test_the_eye_for_markup_sees() -> None:
    assert Markup('<p onclick="x"><a href="//e">e</a><script>').harmful
    assert not Markup('<p>&lt;script&gt;<a href="#one">1</a>').harmful


def _strings() -> list[str]:
    path = os.environ.get("CONCORD_HOSTILE")
    lines = Path(path).read_text(encoding="utf-8").split("\n") if path else []
    return [*STRINGS, *(json.loads(line)["text"] for line in lines if line)]


def _quoted(text: str) -> str:
    """A double-quoted scalar of YAML in escapes, which are undone only after the file was cleaned.

    A lone surrogate cannot be written so.
    """
    paired = text[:200].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    plain = re.compile(r"[^ !#-\[\]-~]")
    return '"' + plain.sub(lambda found: f"\\U{ord(found[0]):08x}", paired) + '"'


def _clean(answer: Answer, text: str) -> Answer:
    """What came out holds nothing that a terminal would obey, and no accident of ours."""
    for stream in (answer.stdout, answer.stderr):
        found = FORBIDDEN.search(stream.decode("utf-8"))
        assert not found, (text, found)
    assert answer.code in DOCUMENTED, (text, answer.err)
    assert "Traceback" not in answer.err
    assert "unexpected failure" not in answer.err, (text, answer.err)
    return answer


def _group(n: int) -> list[tuple[str, str]]:
    return [(f"h{i}", text) for i, text in enumerate(_strings()) if i % GROUPS == n]


def _file_name(text: str) -> str:
    name = text.replace("/", "_").replace("\0", "_").encode("utf-8", "surrogatepass")[:120]
    return os.fsdecode(name).strip(".") or "empty"


def test_there_are_enough_of_them() -> None:
    assert len(set(STRINGS)) >= 40


@pytest.mark.parametrize("group", range(GROUPS))
def test_words_on_their_way_to_screen_and_files(group: int, tmp_path: Path) -> None:
    """As body, title, heading and front matter, reviewed in one batch and decided one by one."""
    settings = write_office(tmp_path / "office")
    (settings.proposals).mkdir(exist_ok=True)
    given = {
        name: PROPOSAL.format(id=name, text=text, quoted=_quoted(text)).encode(
            "utf-8", "surrogatepass"
        )
        for name, text in _group(group)
    }
    for name, raw in given.items():
        propose(settings, name, raw)
    reviewed = _clean(call("review", office=settings.root), "review")
    assert f"{len(given)} proposals: {len(given)} new" in reviewed.err, reviewed.err
    _clean(call("list", office=settings.root), "list")
    for name, text in _group(group):
        with open_record(settings) as store:
            assert store.raw(name) == given[name], text
        _shown_and_exported(name, text, settings.root)


def _shown_and_exported(name: str, text: str, office: Path) -> None:
    note = text.replace("\0", "") or "x"
    shown = _clean(call("show", name, "--full", office=office), text)
    decided = call(
        *("decide", name, "--outcome", "request_changes", f"--note={note}", "--json"),
        office=office,
    )
    assert _clean(decided, text).code == 0, (text, decided.err)
    letter = (office / f"decisions/{name}-v1.md").read_text(encoding="utf-8")
    html = _clean(call("export", name, "-f", "html", office=office), text).out
    exported = _clean(call("export", name, "-f", "json", office=office), text).out
    for out in (letter, html, exported):
        assert not FORBIDDEN.search(out), text
    assert json.loads(exported)["decision"]["outcome"] == "request_changes"
    assert Markup(html).harmful == [], text
    _is_literal(text, shown.out, exported)


def _is_literal(text: str, shown: str, exported: str) -> None:
    """Nothing is computed: what looks like a template or a format stands there as it was."""
    if re.fullmatch(r"[\x20-\x7e]+", text) and len(text) < 60:
        assert " ".join(text.split()) in " ".join(shown.split()), text
        assert text.strip() in json.loads(exported)["draft"]["proposal"]["title"], text


@pytest.mark.parametrize("group", range(GROUPS))
def test_files_that_hold_nothing_else(group: int, tmp_path: Path) -> None:
    """The string is the file, and once more its name: a draft, or a sentence that says why not."""
    settings = write_office(tmp_path / "office")
    raw, named = tmp_path / "raw", tmp_path / "named"
    raw.mkdir()
    named.mkdir()
    files: dict[Path, bytes] = {}
    for name, text in _group(group):
        files[raw / f"{name}.md"] = text.encode("utf-8", "surrogatepass")
        body = f"---\nid: n-{name}\n---\n# A letter\n\nIt sorts letters {name}.\n"
        files[named / f"{_file_name(text)}.md"] = body.encode()
    for file, content in files.items():
        file.write_bytes(content)
    reviewed = _clean(call("review", *files, office=settings.root), "review")
    assert reviewed.code in (0, 4)
    counted = re.search(r"(\d+) proposals?: (?:(\d+) new)?", reviewed.err)
    assert counted
    assert counted[1] == str(len(files)), reviewed.err
    _clean(call("check", *files, office=settings.root), "check")
    _clean(call("list", office=settings.root), "list")
    with open_record(settings) as store:
        kept = {store.raw(name) for name in store.initiatives()}
    assert kept <= set(files.values())
    assert {files[f] for f in files if f.parent == named} <= kept
    refused = [f for f in files if f.parent == raw and files[f] not in kept]
    for file in refused:
        assert f"{file.name}:" in reviewed.err, file


def test_words_in_the_knowledge(tmp_path: Path) -> None:
    """A capability entry is somebody's text too; what cannot be read is told by file and line."""
    settings = write_office(tmp_path / "office")
    folder = settings.knowledge / "capabilities"
    for name, text in (pair for n in range(GROUPS) for pair in _group(n)):
        entry = (
            f"---\nid: {name.upper()}\ntitle: {_quoted(text)}\nowner: {_quoted(text)}\n"
            f"status: production\n---\nIt drafts letters of refusal. {text}\n"
        )
        (folder / f"{name}.md").write_bytes(entry.encode("utf-8", "surrogatepass"))
    indexed = _clean(call("index", office=settings.root), "index")
    assert indexed.code in (0, 4)
    assert int(re.search(r"(\d+) capabilities", indexed.out)[1]) >= 3 + len(_strings()) - 5  # type: ignore[index]
    found = call("search", "drafts letters of refusal", "--top", "60", office=settings.root)
    plain = _clean(found, "search").out.replace("«", "").replace("»", "")
    assert " ".join(plain.split()).count("letters of refusal") >= 40
    propose(settings, "letters", "# Letters\n\nThe assistant drafts letters of refusal.\n")
    _clean(call("review", office=settings.root), "review")
    _clean(call("show", "letters", "--full", office=settings.root), "show")
    decided = call("decide", "letters", "--outcome", "request_changes", office=settings.root)
    assert _clean(decided, "decide").code == 0
    assert not FORBIDDEN.search((settings.root / "decisions/letters-v1.md").read_text())


def test_names_of_initiatives_stay_inside_the_letters_folder(tmp_path: Path) -> None:
    settings = write_office(tmp_path / "office")
    names = ["../../escape", "..%2f..%2fescape", "CON", "a/b", "~root", "$(reboot)", "-rf"]
    for n, name in enumerate(names):
        propose(settings, f"p{n}", f"---\nid: {json.dumps(name)}\n---\n# Letter {n}\n\nIt sorts.\n")
    reviewed = _clean(call("review", office=settings.root), "review")
    assert reviewed.code in (0, 4)
    with open_record(settings) as store:
        kept = store.initiatives()
    for name in kept:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CONCORD_OFFICE", str(settings.root))
            _clean(call("decide", "--outcome", "reject", "--", name), name)
    letters = sorted(p for p in tmp_path.rglob("*-v1.md"))
    assert len(letters) == len(kept)
    assert {p.parent for p in letters} <= {settings.root / "decisions"}


def test_the_bytes_of_the_record_are_those_of_the_file(tmp_path: Path) -> None:
    settings = write_office(tmp_path / "office")
    raw = b"\xef\xbb\xbf# T\r\rIt \x1b[31msorts\x00 \xff\xfe letters\x85\r\n"
    propose(settings, "bytes", raw)
    assert call("review", office=settings.root).code == 0
    shutil.rmtree(settings.proposals)
    with open_record(settings_of(settings.root)) as store:
        assert store.raw("bytes") == raw
        assert store.version("bytes").sha256 == hashlib.sha256(raw).hexdigest()
    shown = _clean(call("audit", "show", "bytes", "--json", office=settings.root), "audit show")
    assert json.loads(shown.out)["proposal"].startswith("\ufeff# T\r\rIt \x1b[31msorts\x00")
