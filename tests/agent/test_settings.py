"""Finding the office, precedence, and errors of concord.toml with their lines."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from agent.errors import SettingsError
from agent.settings import Settings, load_settings
from agent.settings_file import key_lines, read_office_file

TEMPLATE = Path(__file__).parents[2] / "knowledge" / "starter" / "concord.toml"


def office(folder: Path, toml: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "concord.toml").write_text(toml, encoding="utf-8")
    return folder


def load(folder: Path, **environ: str) -> Settings:
    return load_settings(folder, environ=environ)


def fault(tmp_path: Path, toml: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(office(tmp_path / "office", toml))
    message = str(caught.value)
    start = str(tmp_path / "office" / "concord.toml")
    assert message.startswith(start)
    assert "\n" not in message
    return message.removeprefix(start)


def test_named_office_beats_environment_beats_file_beats_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named, from_env, around, here = (office(tmp_path / n) for n in ("a", "b", "c", "d"))
    proposal = around / "proposals" / "deep" / "x.md"
    monkeypatch.chdir(here)
    environ = {"CONCORD_OFFICE": str(from_env)}
    assert load_settings(named, proposal, environ=environ).office == named
    assert load_settings(None, proposal, environ=environ).office == from_env
    assert load_settings(None, proposal, environ={}).office == around
    assert load_settings(None, tmp_path / "elsewhere.md", environ={}).office == here
    assert load_settings(environ={}).office == here


def test_no_office_is_no_error_until_one_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings(None, tmp_path / "x.md", environ={})
    assert settings.office is None
    assert settings.embedder == "wordllama"
    with pytest.raises(SettingsError, match="concord init"):
        _ = settings.record


def test_paths_of_the_workspace(tmp_path: Path) -> None:
    settings = load(office(tmp_path / "o"))
    inside = [
        settings.knowledge,
        settings.proposals,
        settings.decisions,
        settings.record,
        settings.cache,
    ]
    assert [p.relative_to(tmp_path / "o").as_posix() for p in inside] == [
        "knowledge",
        "proposals",
        "decisions",
        "records/reviews.db",
        ".concord/cache",
    ]


def test_relative_path_with_dots_is_searched_by_its_real_ancestors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = office(tmp_path / "office" / "inner")
    outer = office(tmp_path / "office")
    monkeypatch.chdir(inner)
    assert load_settings(None, Path("../x.md"), environ={}).office == outer


def test_named_folder_must_be_an_office_or_hold_knowledge(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such folder"):
        load(tmp_path / "none")
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(SettingsError, match=r"neither concord\.toml nor knowledge/"):
        load_settings(environ={"CONCORD_OFFICE": str(empty)})
    (empty / "knowledge").mkdir()
    assert load(empty).office == empty


def test_argument_beats_environment_beats_file_beats_default(tmp_path: Path) -> None:
    toml = '[search]\nembedder = "chroma"\n[record]\nallow_network_share = true\n'
    plain, written = office(tmp_path / "plain"), office(tmp_path / "written", toml)
    environ = {"CONCORD_EMBEDDER": "openai", "CONCORD_ALLOW_NETWORK_SHARE": "0"}
    assert load(plain).embedder == "wordllama"
    assert load(written).embedder == "chroma"
    assert load(written, **environ).embedder == "openai"
    assert load_settings(written, embedder="wordllama", environ=environ).embedder == "wordllama"
    assert load(plain).allow_network_share is False
    assert load(written).allow_network_share is True
    assert load(written, **environ).allow_network_share is False
    assert load_settings(written, allow_network_share=True, environ=environ).allow_network_share
    with pytest.raises(SettingsError, match="CONCORD_ALLOW_NETWORK_SHARE='maybe'"):
        load(plain, CONCORD_ALLOW_NETWORK_SHARE="maybe")


def test_user_and_what_the_name_rests_on(tmp_path: Path) -> None:
    folder = office(tmp_path / "o")
    environ = {"CONCORD_USER": "Env Name", "USER": "forged", "LOGNAME": "forged"}
    given = load_settings(folder, by="Flag Name", environ=environ).user
    assert (given.name, given.known_by) == ("Flag Name", "--by")
    from_env = load(folder, **environ).user
    assert (from_env.name, from_env.known_by) == ("Env Name", "CONCORD_USER")
    account = load(folder, USER="forged", LOGNAME="forged").user
    assert (account.name, account.known_by) == (pwd.getpwuid(os.getuid()).pw_name, "os")
    with pytest.raises(SettingsError, match="--by is empty"):
        load_settings(folder, by="  ", environ=environ)


def test_facts_outcome_and_people_are_read(tmp_path: Path) -> None:
    settings = load(
        office(
            tmp_path / "o",
            """
            [facts.audience]
            values = ["customers", "employees"]
            aliases = { clients = "customers" }
            [facts.data]
            aliases = { "health data" = "sensitive" }
            [facts.channel]
            ask = "Which channel?"
            [outcome]
            high_limit = 2
            merge_statuses = ["production"]
            [people."Ada Lovelace"]
            roles = ["coordinator"]
            [people.guest]
            decides = false
            """,
        )
    )
    assert settings.facts["audience"].values == ("customers", "employees")
    assert settings.facts["data"].aliases == {"health data": "sensitive"}
    assert settings.facts["channel"].ask == "Which channel?"
    assert (settings.outcome.high_limit, settings.outcome.merge_statuses) == (2, ("production",))
    assert settings.people["Ada Lovelace"].roles == ("coordinator",)
    assert settings.people["Ada Lovelace"].decides is True
    assert settings.people["guest"].decides is False


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        (
            "\n\n[outcome]\nhigh_limt = 2\n",
            ":4: unknown key `outcome.high_limt`; did you mean `hig",
        ),
        ("[outcomes]\nhigh_limit = 2\n", ":1: unknown key `outcomes`; did you mean `outcome`?"),
        (
            "# x\nzzz = 1\n",
            ":2: unknown key `zzz`; known here: chroma, desk, embedding, facts, model, outc",
        ),
        ('[facts.data]\nask = "?"\nalias = {}\n', ":3: unknown key `facts.data.alias`; did you"),
        ('[people."A.B"]\nrole = ["x"]\n', ":2: unknown key `people.A.B.role`; did you mean `ro"),
        ('[outcome]\n\nhigh_limit = "3"\n', ":3: `outcome.high_limit` should be a valid integer"),
        ("[outcome]\nhigh_limit = 0\n", ":2: `outcome.high_limit` should be 1 or more"),
        ('[outcome]\nmerge_statuses = ["live"]\n', ":2: `outcome.merge_statuses`: 'live' is none"),
        ("[record]\nallow_network_share = 1\n", ":2: `record.allow_network_share` should be a v"),
        ("facts = 3\n", ":1: `facts` should be a table"),
        ('[facts.automation]\nvalues = ["a"]\n', ":2: `facts.automation.values`: levels are fixed"),
        ('[facts.automaton]\nask = "?"\n', ":1: `facts.automaton` is no built-in fact; did you"),
        ('[facts.owner]\nask = "?"\n', ":1: `facts.owner`: `owner` is a key of every proposal"),
        ('[facts."Big Fact"]\nask = "?"\n', ":1: `facts.Big Fact`: a fact's name is lower-case"),
        (
            '[facts.data.aliases]\na = "none"\nb = "secret"\n',
            ":3: `facts.data.aliases.b`: 'secret' is none of none, business, personal, sensitive",
        ),
        ("[outcome]\nhigh_limit = \n", ":2: not valid TOML: Invalid value"),
        ("[outcome]\n\nx = [1,\n", ":3: not valid TOML: "),
        ("a = 1\r\n\r\nb = \r\n", ":3: not valid TOML: "),
        (
            "[outcome]\nhigh_limt = 1\nzzz = 2\nyyy = 3\n",
            ":2: unknown key `outcome.high_limt`; did",
        ),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, toml: str, expected: str) -> None:
    assert fault(tmp_path, toml).startswith(expected)


def test_further_faults_are_counted(tmp_path: Path) -> None:
    assert fault(tmp_path, "[outcome]\nhigh_limt = 1\nzzz = 2\n").endswith("(and 1 more after it)")


def test_unreadable_files(tmp_path: Path) -> None:
    folder = office(tmp_path / "o")
    file = folder / "concord.toml"
    file.write_bytes(b"# fine\n# \xff\n")
    with pytest.raises(SettingsError, match=r"concord\.toml:2: not UTF-8"):
        load(folder)
    file.write_bytes(b"\xef\xbb\xbf[search]\r\nembedder = 'chroma'\r\n")
    assert load(folder).embedder == "chroma"
    file.write_bytes(b"#" * 300_000)
    with pytest.raises(SettingsError, match="longer than 256 KiB"):
        load(folder)
    file.write_text("a = " + "[" * 5000, encoding="utf-8")
    with pytest.raises(SettingsError, match="nested too deeply"):
        load(folder)


def test_lines_are_not_fooled_by_strings_and_comments() -> None:
    text = '''
[facts.channel] # [facts.other]
ask = """
[outcome]
high_limit = 9
"""
values = [
  "a = b",
]
[people."A # B = C"]
"roles" = []
'''
    lines = key_lines(text)
    assert lines["facts", "channel"] == 2
    assert lines["facts", "channel", "values"] == 7
    assert ("outcome",) not in lines
    assert lines["people", "A # B = C"] == 10
    assert lines["people", "A # B = C", "roles"] == 11


def test_template_holds_every_key_and_is_valid_with_and_without_comments(tmp_path: Path) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    assert load(office(tmp_path / "as-is", text)).facts == {}
    active = "\n".join(
        line[1:] if line.startswith("#") and not line.startswith("# ") else line
        for line in text.split("\n")
    )
    (tmp_path / "all.toml").write_text(active, encoding="utf-8")
    file = read_office_file(tmp_path / "all.toml")
    assert file.model_fields_set == set(type(file).model_fields)
    assert file.outcome == type(file.outcome)()
    assert file.search == type(file.search)()
    assert file.record == type(file.record)()
    parts = (file.search, file.model, file.record, file.outcome, file.desk)
    for part in (*parts, *file.people.values()):
        assert part.model_fields_set == set(type(part).model_fields)
    assert {key for fact in file.facts.values() for key in fact.model_fields_set} == {
        "values",
        "aliases",
        "ask",
    }


def test_import_reads_no_environment_and_stays_light() -> None:
    code = (
        "import os, sys\n"
        "os.environ.clear()\n"
        "import agent.settings\n"
        "os.environ['CONCORD_USER'] = 'late'\n"
        "print(agent.settings.load_settings().user.name)\n"
        "heavy = {'chromadb','numpy','sqlalchemy','bm25s','jinja2','textual','wordllama'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "late\n[]\n"
