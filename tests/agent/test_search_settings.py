"""Settings of search: refused with the line, secrets in the environment only."""

from pathlib import Path

import pytest

from agent.errors import SettingsError
from agent.search_settings import embedding_endpoint, embedding_limits
from agent.settings import Settings, load_settings


def load(tmp_path: Path, toml: str = "", **environ: str) -> Settings:
    (tmp_path / "concord.toml").write_text(toml, encoding="utf-8")
    return load_settings(tmp_path, environ=environ)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[search]\nembedder = 'minilm'", ":2: `search.embedder`: 'minilm' is none of wordllama"),
        ("[embedding]\nbase_url = 'http://other/v1'", ":2: .*allow_http = true` in .embedding."),
        ("[embedding]\nbase_url = 'https://u:p@h/v1'", "the key stands in CONCORD_EMBEDDING_KEY"),
        ("[embedding]\nbatch = 5000", ":2: `embedding.batch` should be 1 to 2048"),
        ("[embedding]\ndimension = 0", "`embedding.dimension` should be 1 to 65536"),
        ("[embedding]\nproxy = 'x'", "`embedding.proxy` should be http://HOST:PORT"),
        ("[embedding]\napi_key = 'x'", "environment as CONCORD_EMBEDDING_KEY"),
        ("[chroma]\ntoken = 'x'", "environment as CONCORD_CHROMA_TOKEN"),
        ("[chroma]\nurl = 'chroma.example'", "`chroma.url` should start with https://"),
        ("[chroma]\nurl = 'http://chroma.example'", "allow_http = true` in .chroma."),
        ("[chroma]\nurl = 'https://a:b@c'", "password: the key stands in CONCORD_CHROMA_TOKEN"),
        ("[chroma]\ncollection_prefix = 'a b'", ":2: `chroma.collection_prefix` should be"),
        ("[chroma]\ntenant = 'a/b'", "`chroma.tenant` should be letters"),
        ("[chroma]\nseconds = 0.0", "`chroma.seconds` should be 0.1 to 600"),
    ],
)
def test_what_cannot_be_used_is_named_with_its_line(
    tmp_path: Path, toml: str, message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        load(tmp_path, toml)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000", "http://localhost", "http://[::1]:1", "https://x.example:443"]
)
def test_this_machine_and_encrypted_hosts_need_no_leave(tmp_path: Path, url: str) -> None:
    assert load(tmp_path, f"[chroma]\nurl = '{url}'").chroma.url == url
    leave = (
        f"[chroma]\nurl = 'http://far.example'\nallow_http = true\n[embedding]\nbase_url='{url}'"
    )
    assert load(tmp_path, leave).chroma.allow_http


def test_keys_come_from_the_environment_and_their_own_first(tmp_path: Path) -> None:
    keys = {"CONCORD_API_KEY": "b", "OPENAI_API_KEY": "c"}
    assert load(tmp_path, **keys).embedding_key.get_secret_value() == "b"
    own = load(tmp_path, **keys, CONCORD_EMBEDDING_KEY="a", CONCORD_CHROMA_TOKEN="t")
    assert own.embedding_key.get_secret_value() == "a"
    assert own.chroma_token.get_secret_value() == "t"
    assert own.api_key.get_secret_value() == "b"
    assert "'a'" not in repr(own)
    with pytest.raises(SettingsError, match="CONCORD_CHROMA_TOKEN is no key"):
        load(tmp_path, CONCORD_CHROMA_TOKEN="a b")


@pytest.mark.parametrize(
    ("toml", "environ", "key"),
    [
        ("[embedding]\nbase_url = 'https://vectors.example/v1'", {}, ""),
        ("[model]\nbase_url = 'https://models.example/v1'", {}, ""),
        ("", {"OPENAI_BASE_URL": "https://models.example/v1"}, ""),
        ("[embedding]\nbase_url = 'https://API.openai.com:443/v2'", {}, "b"),
    ],
)
def test_the_key_of_the_model_goes_to_no_other_host(
    tmp_path: Path, toml: str, environ: dict[str, str], key: str
) -> None:
    settings = load(tmp_path, toml, CONCORD_API_KEY="b", **environ)
    assert settings.embedding_key.get_secret_value() == key


def test_an_unknown_embedder_is_refused_wherever_it_comes_from(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="'best': no such embedder; there are wordllama"):
        load(tmp_path, CONCORD_EMBEDDER="best")


def test_what_an_endpoint_is_made_of(tmp_path: Path) -> None:
    toml = "[embedding]\nbase_url = 'https://h.example/v1/'\nattempts = 2\nin_flight = 3"
    settings = load(tmp_path, toml)
    endpoint = embedding_endpoint(settings.embedding, "k")
    assert (endpoint.base_url, endpoint.table, endpoint.api_key) == (
        "https://h.example/v1",
        "embedding",
        "k",
    )
    limits = embedding_limits(settings.embedding)
    assert (limits.attempts, limits.in_flight) == (2, 3)
