"""The suite's own walls, the lock, and what the wheel ships."""

import os
import re
import socket
import subprocess
import sys
import time
import tomllib
import warnings
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.support.tree import PACKAGES, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; (.*?))? \\$", re.MULTILINE)


def test_network_is_off_but_loopback_works() -> None:
    with socket.socket() as outside, pytest.raises(UserWarning, match="192"):
        outside.connect(("192.0.2.1", 80))
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())


def test_home_settings_and_clock_are_the_suite_s_own() -> None:
    assert os.environ["HOME"] == str(Path.home())
    assert "home" in Path.home().name
    foreign = [n for n in os.environ if n.startswith(("CONCORD_", "OPENAI_"))]
    assert foreign in ([], ["CONCORD_SOAK"])
    assert time.tzname[0] == "UTC"


def test_warnings_are_errors() -> None:
    with pytest.raises(DeprecationWarning):
        warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_lock_is_hashed_and_names_no_place() -> None:
    assert "://" not in LOCK
    pins = PIN.findall(LOCK)
    assert len(pins) > 50
    blocks = re.split(r"\n(?=[a-z])", LOCK)[1:]
    assert len(blocks) == len(pins)
    assert [b.split("==")[0] for b in blocks if "--hash=sha256:" not in b] == []


def test_lock_holds_every_declared_dependency() -> None:
    pinned = {pin[0]: Version(pin[1]) for pin in PIN.findall(LOCK)}
    declared = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    wanted = [Requirement(text) for text in (*declared, *PROJECT["build-system"]["requires"])]
    unmet = [
        str(want)
        for want in wanted
        if want.name.lower() not in pinned or pinned[want.name.lower()] not in want.specifier
    ]
    assert unmet == []


def test_wheel_ships_every_file_of_the_packages(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    shipped = set(zipfile.ZipFile(wheel).namelist())
    tree = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and ".concord" not in path.parts
    }
    assert tree - shipped == set()
    assert [n for n in shipped if n.startswith("tests/")] == []
