"""What is wrong is said in one sentence, with its exit code and without a traceback."""

import os
import shutil
from pathlib import Path

import pytest

from tests.support.command_line import Answer, call, one_sentence, refused, run

ID = "injury-companion"


BAD_FLAGS = (
    (("frobnicate",), "No such command 'frobnicate'"),
    (("list", "--frob"), "--frob"),
    (("show",), "Missing argument 'ID'"),
    (("export", ID, "--format", "pdf"), "'letter', 'json', 'html'"),
    (("search", "x", "--top", "0"), "--top"),
    (("decide", ID, "--outcome", "maybe"), "approve_with_conditions"),
    (("decide", ID), "nothing to record"),
    (("decide", ID, "--override", "x"), "--override KIND:ID=VALUE:REASON"),
    (("decide", ID, "--override", "mood:x=y:z"), "'fact', 'requirement', 'overlap' or 'goal'"),
    (("decide", ID, "--edit", "x"), "--edit FINDING:FIELD=TEXT"),
    (("decide", ID, "--dismiss", "x"), "--dismiss FINDING:REASON"),
    (("decide", ID, "--waive", "x"), "--waive REQUIREMENT:REASON"),
    (("decide", ID, "--condition", "|ana"), "--condition 'TEXT|OWNER|DUE|REQUIREMENT'"),
    (("decide", ID, "--note", "Hello", "--condition", "Do it"), "give --outcome"),
    (("decide", ID, "--preview"), "give --outcome"),
    (("decide", ID, "--accept", "nope"), "There is no finding `nope`"),
    (("decide", ID, "--outcome", "approve"), "is a blocker and not in place"),
    (("decide", ID, "--outcome", "merge_with_existing"), "--merge-into"),
    (("decide", ID, "--outcome", "request_changes", "--review-by", "soon"), "YYYY-MM-DD"),
    (("decide", ID, "--take", "--release"), "cannot be given together"),
    (("decide", ID, "--by", " ", "--take"), "--by is empty"),
    (("export", ID), "is not decided"),
    (("audit", "verify", "--expect", "zzz"), "HEAD:COUNT"),
    (("eval", "run", "--reader", "tarot"), "tarot"),
)


@pytest.mark.parametrize(("words", "said"), BAD_FLAGS, ids=lambda v: " ".join(v)[:40])
def test_what_was_typed_wrong_is_said_in_one_sentence(
    built_office: Path, words: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCORD_OFFICE", str(built_office))
    refused(call(*words), 2, said)


@pytest.mark.parametrize("words", [("show",), ("export",), ("audit", "show"), ("decide",)])
def test_an_unknown_id_is_answered_with_near_ones(
    built_office: Path, words: tuple[str, ...]
) -> None:
    more = ("--outcome", "defer") if words == ("decide",) else ()
    answer = call(*words, "injury-compannion", *more, office=built_office)
    refused(answer, 3, "injury-compannion", "Did you mean injury-companion?")


def test_no_office_is_said_with_what_to_do(tmp_path: Path) -> None:
    for words in (("list",), ("show", ID), ("review", "x.md"), ("index",), ("audit", "verify")):
        answer = run(*words, cwd=tmp_path) if words == ("list",) else call(*words)
        refused(answer, 2, "no office found", "concord init")
    refused(call("list", office=tmp_path / "none"), 2, "no such folder")


def test_every_kind_of_wrong_file_is_a_row_and_the_rest_goes_on(
    office: Path, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "empty.md").write_text("")
    (tmp_path / "yaml.md").write_text("---\na: 1\na: 2\n---\n# T\n")
    (tmp_path / "twice.md").write_text(f"---\nid: {ID}\n---\n# T\n\nWords.\n")
    wrong = {
        "pipe.md": "is a pipe",
        "loop.md": "symbolic link",
        "empty.md": "is empty",
        "yaml.md": "yaml.md:3:",
        "missing.md": "there is no such file",
        "twice.md": f"`{ID}` is also proposals/{ID}.md",
    }
    good = office / "proposals/storm-visit-order.md"
    answer = call("review", *(tmp_path / name for name in wrong), good, office=office)
    assert answer.code == 4
    assert "Traceback" not in answer.err
    for name, said in wrong.items():
        line = next(line for line in answer.err.split("\n") if name in line)
        assert said in line
    assert "7 proposals: 1 unchanged, 6 failed" in answer.err
    assert answer.out.startswith("storm-visit-order")
    refused(call("review", tmp_path / "folder.md", office=office), 2, "no proposal")
    for name in ("pipe.md", "missing.md", "folder.md", "empty.md", "yaml.md"):
        refused(_checked(tmp_path / name, office), 3, name)


def _checked(file: Path, office: Path) -> Answer:
    return call("check", file, office=office)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "no JSON"),
        ("[]", "is a JSON object"),
        ('{"outcome": "reject", "outcome": "approve"}', "stands twice"),
        ('{"accepted": "yes"}', "accepted"),
        ('{"outcome": "maybe"}', "outcome"),
        ('{"outcome": "reject", "mood": "bad"}', "mood"),
        ('{"outcome": "reject", "version": 7}', "version 7"),
        ('{"outcome": "reject", "initiative": "other"}', "`other`"),
        ("[" * 100_000, "--from"),
        ("1" * 5_000, "--from"),
        ("\udcff", "no UTF-8"),
    ],
)
def test_a_wrong_decision_file_is_one_sentence(
    built_office: Path, tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "decision.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    refused(call("decide", ID, "--from", file, office=built_office), 2, said)


def test_a_decision_file_that_cannot_be_read(built_office: Path, tmp_path: Path) -> None:
    for path, said in (
        (tmp_path / "no.json", "No such file"),
        (tmp_path, "Is a directory"),
        ("/dev/zero", "larger than 1 MiB"),
    ):
        refused(call("decide", ID, "--from", path, office=built_office), 2, str(path), said)


def test_a_broken_configuration_names_file_and_line(office: Path) -> None:
    config = office / "concord.toml"
    config.write_text("[outcome]\nhigh_limmit = 2\n")
    refused(call("list", office=office), 2, f"{config}:2:", "high_limit")
    config.write_text("[outcome\n")
    refused(call("check", office / f"proposals/{ID}.md"), 2, f"{config}:1:", "not valid TOML")


def test_broken_knowledge_is_told_and_the_rest_serves(office: Path) -> None:
    (office / "knowledge/capabilities/bad.md").write_text("---\ntitle: [\n---\n")
    answer = call("index", office=office)
    assert answer.code == 4
    assert "capabilities/bad.md:" in answer.err
    assert "26 capabilities" in answer.out


def test_a_record_that_is_no_database(office: Path) -> None:
    (office / "records/reviews.db").write_bytes(b"Dear diary, today I decided nothing.\n" * 99)
    for words in (("list",), ("audit", "verify"), ("show", ID)):
        refused(call(*words, office=office), 3, "reviews.db", "is not a database")


def test_no_record_is_not_a_whole_record(tmp_path: Path) -> None:
    call("init", tmp_path / "new", "--packs", "none")
    answer = call("audit", "verify", office=tmp_path / "new")
    assert answer.code == 3
    assert "reviews.db" in one_sentence(answer)
    assert not (tmp_path / "new/records/reviews.db").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to read-only folders")
def test_a_read_only_record_and_letters_folder(office: Path) -> None:
    (office / "records").chmod(0o500)
    (office / "records/reviews.db").chmod(0o400)
    answer = call("decide", ID, "--outcome", "defer", office=office)
    (office / "records").chmod(0o700)
    refused(answer, 3, "read-only")


def test_letters_that_cannot_be_written_do_not_lose_the_decision(office: Path) -> None:
    shutil.rmtree(office / "decisions")
    (office / "decisions").write_text("a file where the folder belongs")
    answer = call("decide", ID, "--outcome", "request_changes", office=office)
    refused(answer, 3, "the decision is recorded", "decisions", "concord export")
    assert ID in call("list", "--state", "with_team", office=office).out
    (office / "decisions").unlink()
    exported = call("export", ID, office=office)
    assert exported.code == 0
    assert Path(exported.out.strip()).read_text().startswith("# Changes requested")


@pytest.mark.parametrize("form", ["letter", "json", "html"])
def test_an_export_that_cannot_be_written(office: Path, tmp_path: Path, form: str) -> None:
    call("decide", ID, "--outcome", "request_changes", office=office)
    (tmp_path / "file").write_text("")
    for target in (tmp_path, tmp_path / "file/below"):
        answer = call("export", ID, "--format", form, "--out", target, office=office)
        refused(answer, 3, str(target), "cannot be written")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "office"]


def test_a_name_cannot_reach_the_terminal(office: Path, tmp_path: Path) -> None:
    names = ("a\x1b[31mred.md", "b\nconcord: approved.md", "c\u202egnp.md", "d\x9b1m.md")
    texts = {
        names[0]: "# T\n\nIt answers.\n",
        names[1]: "",
        names[2]: "---\n{\n---\n",
        names[3]: "",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    files = [tmp_path / name for name in names]
    answers = [
        call("review", *files, office=office),
        call("review", *files, "--json", office=office),
        call("check", *files, office=office),
        call("list", office=office),
        call("search", files[1], office=office),
        call("show", names[0], office=office),
        call("decide", ID, "--from", files[1], office=office),
        call("decide", ID, "--from", "x\ny\x1b[2J", office=office),
        call("export", ID, "-f", "json", "--out", tmp_path / "x\x1b]0;t\x07" / "y", office=office),
        call("list", names[0], office=office),
        call("schema", names[1]),
        call("list", office=tmp_path / names[0]),
        call("demo", tmp_path / names[1]),
    ]
    for answer in answers:
        for raw in (answer.stdout, answer.stderr):
            text = raw.decode()
            assert not any(c in text for c in "\x1b\x9b\u202e\x07")
            assert "\nconcord: approved" not in text
        assert "Traceback" not in answer.err
        assert "unexpected failure" not in answer.err
