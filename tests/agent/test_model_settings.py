"""`[model]` of concord.toml, what the environment changes, and where a key may stand."""

import subprocess
import sys
from pathlib import Path

import pytest

from agent.errors import SettingsError
from agent.model_settings import endpoint_of, limits_of
from agent.schema.office import ModelSettings
from agent.settings import Settings, load_settings

KEY = "sk-very-secret-0123456789"


def load(tmp_path: Path, toml: str = "", **environ: str) -> Settings:
    (tmp_path / "concord.toml").write_text(toml, encoding="utf-8")
    return load_settings(tmp_path, environ=environ)


def fault(tmp_path: Path, toml: str = "", **environ: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, toml, **environ)
    message = str(caught.value)
    assert "\n" not in message
    assert KEY not in message
    return message.removeprefix(str(tmp_path / "concord.toml"))


def test_without_a_model_the_rules_read_alone(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.model == ModelSettings()
    assert settings.model.readers == "rules"
    assert settings.api_key.get_secret_value() == ""


def test_a_model_that_is_named_reads_beside_the_rules(tmp_path: Path) -> None:
    assert load(tmp_path, '[model]\nname = "m"\n').model.readers == "both"
    assert load(tmp_path, '[model]\nname = "m"\nreader = "llm"\n').model.readers == "llm"
    assert load(tmp_path, CONCORD_MODEL="m").model.readers == "both"


def test_the_environment_beats_the_file(tmp_path: Path) -> None:
    toml = '[model]\nname = "a"\nreader = "llm"\nbase_url = "https://a.example/v1"\n'
    environ = {
        "CONCORD_MODEL": "b",
        "CONCORD_READER": "rules",
        "OPENAI_BASE_URL": "http://localhost:8000/v1/",
        "OPENAI_API_KEY": "other",
    }
    model = load(tmp_path, toml, **environ).model
    assert (model.name, model.readers, model.base_url) == (
        "b",
        "rules",
        "http://localhost:8000/v1/",
    )
    settings = load(tmp_path, toml, CONCORD_API_KEY=KEY, **environ)
    assert settings.api_key.get_secret_value() == KEY
    assert load(tmp_path, toml, **environ).api_key.get_secret_value() == "other"


def test_the_key_is_in_no_repr(tmp_path: Path) -> None:
    settings = load(tmp_path, CONCORD_API_KEY=KEY)
    endpoint = endpoint_of(settings.model, KEY)
    assert KEY not in repr(settings) + str(settings) + settings.model_dump_json() + repr(endpoint)
    assert endpoint.host == "api.openai.com:443"


def test_limits_are_those_of_the_settings() -> None:
    limits = limits_of(ModelSettings(call_seconds=7, attempts=2, in_flight=3))
    assert (limits.call_seconds, limits.attempts, limits.in_flight) == (7, 2, 3)


@pytest.mark.parametrize("name", ["api_key", "key", "token", "API_KEY", "secret"])
def test_a_key_in_the_file_gets_its_own_sentence(tmp_path: Path, name: str) -> None:
    said = fault(tmp_path, f'[model]\nname = "m"\n{name} = "{KEY}"\n')
    assert said.startswith(f":3: `model.{name}`: a key does not belong into a file")
    assert "CONCORD_API_KEY" in said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('base_url = "ftp://x/v1"', "`model.base_url` should start with https://"),
        ('base_url = "api.example/v1"', "`model.base_url` should start with https://"),
        ('base_url = "https://"', "`model.base_url` should start with https://"),
        ('base_url = "https://a:99999/v1"', "`model.base_url` is no address"),
        (f'base_url = "https://me:{KEY}@a.example/v1"', "`model.base_url` may hold no user name"),
        (f'base_url = "https://a.example/v1?key={KEY}"', "`model.base_url` may hold no `?`"),
        ('base_url = "https://a.example/v1#x"', "`model.base_url` may hold no `?`"),
        ('base_url = "https://\\u202ea.example/v1"', "`model.base_url` holds characters"),
        ('base_url = "http://a.example/v1"', "`model.base_url` is unencrypted"),
        ('base_url = "http://127.0.0.1.a.example/v1"', "`model.base_url` is unencrypted"),
        ('proxy = "socks5://a.example"', "`model.proxy` should be http://HOST:PORT"),
        (f'proxy = "http://me:{KEY}@a.example"', "`model.proxy` may hold no user name"),
        ("call_seconds = 0", "`model.call_seconds` should be 1 to 3600"),
        ("attempts = 99", "`model.attempts` should be 1 to 10"),
        ("temperature = nan", "`model.temperature` should be 0 to 2"),
        ("price_input = -1", "`model.price_input` should be 0 or more"),
        ("price_input = inf", "`model.price_input` should be 0 or more"),
        ('never_for = ["secret"]', "`model.never_for`: 'secret' is none of none, business"),
        ('reader = "model"', "`model.reader` should be '', 'rules', 'llm' or 'both'"),
        ('tools = "yes"', "`model.tools` should be a valid boolean"),
        ("call_second = 3", "unknown key `model.call_second`; did you mean `call_seconds`?"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, line: str, said: str) -> None:
    assert fault(tmp_path, f"[model]\n\n{line}\n").startswith(f":3: {said}")


@pytest.mark.parametrize(
    "address", ["http://localhost:1/v1", "http://127.0.0.1:1/v1", "http://[::1]:1/v1"]
)
def test_this_machine_needs_no_encryption(tmp_path: Path, address: str) -> None:
    assert load(tmp_path, f'[model]\nbase_url = "{address}"\n').model.base_url == address


def test_a_network_may_be_trusted(tmp_path: Path) -> None:
    toml = '[model]\nbase_url = "http://gpu.example:8000/v1"\nallow_http = true\n'
    assert load(tmp_path, toml).model.base_url == "http://gpu.example:8000/v1"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CONCORD_READER", "model", "CONCORD_READER='model' is none of rules, llm, both"),
        ("OPENAI_BASE_URL", "http://a.example/v1", "OPENAI_BASE_URL is unencrypted"),
        ("OPENAI_BASE_URL", f"https://{KEY}@a.example/v1", "OPENAI_BASE_URL may hold no user name"),
        ("CONCORD_API_KEY", f"{KEY}\nX: y", "CONCORD_API_KEY is no key"),
    ],
)
def test_the_environment_is_checked_too(tmp_path: Path, name: str, value: str, said: str) -> None:
    assert fault(tmp_path, **{name: value}).startswith(said)


def test_settings_load_no_client() -> None:
    code = "import sys, agent.settings; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "agent" in loaded
    assert loaded & {"httpx2", "openai", "langchain_core", "ssl", "asyncio"} == set()
