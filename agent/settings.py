"""Where the office is and what it configures: argument > environment > concord.toml > default.

Owns discovery, precedence and the check of concord.toml; reads the environment only when called.
It must not open the knowledge, the index or the record, nor judge what the settings mean.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from agent.errors import SettingsError
from agent.model_settings import api_key, with_environment, with_reader
from agent.schema.base import Frozen
from agent.schema.office import (
    ChromaSettings,
    EmbeddingSettings,
    FactSetting,
    ModelSettings,
    OutcomeSettings,
    Person,
)
from agent.search_settings import chroma_token, embedding_key, known_embedder
from agent.settings_file import OFFICE_FILE, OfficeFile, read_office_file
from knowledge.table_settings import Table

_TRUE = ("1", "true", "yes", "on")
_FALSE = ("0", "false", "no", "off")


class User(Frozen):
    """Who is working, and what that rests on; nothing here is proof of identity."""

    name: str
    known_by: Literal["--by", "CONCORD_USER", "os"]


class Settings(Frozen):
    """What holds for one run."""

    office: Path | None = None
    """The workspace folder; None when there is none."""
    facts: dict[str, FactSetting] = Field(default_factory=dict)
    outcome: OutcomeSettings = OutcomeSettings()
    people: dict[str, Person] = Field(default_factory=dict)
    """Empty: the office names nobody."""
    user: User
    embedder: str = "wordllama"
    embedding: EmbeddingSettings = EmbeddingSettings()
    """Where the embedder `openai` sends texts."""
    embedding_key: SecretStr = SecretStr("")
    chroma: ChromaSettings = ChromaSettings()
    chroma_token: SecretStr = SecretStr("")
    """This key and the others: from the environment alone; empty when none is set."""
    model: ModelSettings = ModelSettings()
    api_key: SecretStr = SecretStr("")
    """Of the model's endpoint, from the environment alone; empty when none is set."""
    desk_keys: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """`[desk.keys]` as written: action id → keys."""
    tables: dict[str, Table] = Field(default_factory=dict)
    """What the columns of table files are, by path below `knowledge/`."""
    allow_network_share: bool = False
    """Let the record stand on a file system where SQLite cannot promise durability."""

    @property
    def root(self) -> Path:
        """The workspace folder; SettingsError when there is none."""
        if self.office is None:
            raise SettingsError(
                f"no office found: run `concord init DIR`, or name a folder that holds"
                f" {OFFICE_FILE} with --office DIR or CONCORD_OFFICE"
            )
        return self.office

    @property
    def knowledge(self) -> Path:
        return self.root / "knowledge"

    @property
    def proposals(self) -> Path:
        return self.root / "proposals"

    @property
    def decisions(self) -> Path:
        return self.root / "decisions"

    @property
    def record(self) -> Path:
        return self.root / "records" / "reviews.db"

    @property
    def told(self) -> Path:
        """The hosts that people were told about, one a line."""
        return self.root / ".concord" / "told"

    @property
    def relation(self) -> Path | None:
        """The office's own numbers of the duplicate probability; None: those that ship count."""
        own = self.root / "relation.json"
        return own if own.exists() else None

    @property
    def cache(self) -> Path:
        return self.root / ".concord" / "cache"


def load_settings(
    office: Path | None = None,
    near: Path | None = None,
    *,
    by: str | None = None,
    embedder: str | None = None,
    reader: str | None = None,
    allow_network_share: bool | None = None,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """The settings for one run; `near` is the file or folder that the run is about.

    None means not given. Raises SettingsError, with `concord.toml:line:` where a line is at fault.
    """
    env = os.environ if environ is None else environ
    folder = find_office(office, near, env)
    path = None if folder is None else folder / OFFICE_FILE
    file = read_office_file(path) if path is not None and _is_file(path) else OfficeFile()
    model = with_reader(with_environment(file.model, env), reader)
    share = allow_network_share
    if share is None:
        share = _switch(env, "CONCORD_ALLOW_NETWORK_SHARE")
    return Settings(
        office=folder,
        facts=file.facts,
        outcome=file.outcome,
        people=file.people,
        user=_user(by, env),
        embedder=known_embedder(
            _first(embedder, env.get("CONCORD_EMBEDDER"), file.search.embedder)
        ),
        embedding=file.embedding,
        embedding_key=SecretStr(embedding_key(env, file.embedding, model)),
        chroma=file.chroma,
        chroma_token=SecretStr(chroma_token(env)),
        model=model,
        api_key=SecretStr(api_key(env)),
        desk_keys={
            action: (keys,) if isinstance(keys, str) else keys
            for action, keys in file.desk.keys.items()
        },
        tables=file.tables,
        allow_network_share=file.record.allow_network_share if share is None else share,
    )


def find_office(office: Path | None, near: Path | None, environ: Mapping[str, str]) -> Path | None:
    """The folder named, else CONCORD_OFFICE, else the nearest concord.toml upward from `near`,
    then from the current folder. A named folder must be an office; a search may find none."""
    if office is not None:
        return _named(office, "--office")
    if named := environ.get("CONCORD_OFFICE"):
        return _named(Path(named), "CONCORD_OFFICE")
    for start in (near, Path()):
        found = None if start is None else _upward(start)
        if found is not None:
            return found
    return None


def _named(folder: Path, how: str) -> Path:
    """An office has concord.toml; a folder of past initiatives may have its knowledge/ alone."""
    if not _is_dir(folder):
        raise SettingsError(f"{how} {folder}: no such folder")
    if not _is_file(folder / OFFICE_FILE) and not _is_dir(folder / "knowledge"):
        raise SettingsError(
            f"{how} {folder}: neither {OFFICE_FILE} nor knowledge/ stands in it;"
            f" run `concord init {folder}`, or name another folder"
        )
    return _absolute(folder)


def _upward(start: Path) -> Path | None:
    start = _absolute(start)
    for folder in (start, *start.parents):
        if _is_file(folder / OFFICE_FILE):
            return folder
    return None


def _absolute(path: Path) -> Path:
    """Absolute without `..`, links kept: the office is found along the path as it was named."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve would follow the links


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that may not be searched holds no office for this user
        return False


def _is_dir(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _first(*values: str | None) -> str:
    return next((value for value in values if value), "")


def _switch(environ: Mapping[str, str], name: str) -> bool | None:
    """True, False, or None when the variable is unset or empty."""
    value = environ.get(name, "").strip().lower()
    if not value:
        return None
    if value not in _TRUE + _FALSE:
        raise SettingsError(f"{name}={environ[name]!r} is neither true nor false: use 1 or 0")
    return value in _TRUE


def _user(by: str | None, environ: Mapping[str, str]) -> User:
    if by is not None:
        if not by.strip():
            raise SettingsError("--by is empty: give the name of the person who decides")
        return User(name=by.strip(), known_by="--by")
    if named := environ.get("CONCORD_USER", "").strip():
        return User(name=named, known_by="CONCORD_USER")
    return User(name=_os_user(environ), known_by="os")


def _os_user(environ: Mapping[str, str]) -> str:
    """The account of this process, not $USER: that anybody may set."""
    try:
        import pwd
    except ModuleNotFoundError:  # Windows
        return environ.get("USERNAME", "") or "unknown"
    uid = os.getuid()
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:  # a container may run as a number that has no account
        return f"uid {uid}"
