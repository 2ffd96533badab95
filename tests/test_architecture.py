"""The taste of the house, as far as a machine can hold it."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.tree import PACKAGES, ROOT, modules, name, nodes, parsed

HEAVY = {
    "alembic",
    "bm25s",
    "bs4",
    "chromadb",
    "httpx2",
    "jinja2",
    "langchain",
    "langchain_core",
    "langchain_openai",
    "langsmith",
    "mammoth",
    "numpy",
    "onnxruntime",
    "openai",
    "openpyxl",
    "pypdf",
    "sqlalchemy",
    "textual",
    "wordllama",
}
EDGES = {"agent/review.py", "evals/run.py", "tui/edge.py", "tui/desk/root.py"}
"""Where an unexpected error becomes data or one sentence: per item in review and in evals, in a
worker of the screen, and around the command."""

FOREIGN = {"knowledge/chroma.py", "knowledge/minilm.py"}
"""A panic of Chroma's core, and what onnxruntime and tokenizers raise, have types that cannot be
imported; all others go on."""

REPLACED = {("tests/agent/record/test_database.py", "_mounts")}
"""A network share cannot be made in a test, so its table of mounts is written."""

PROPOSAL = """---
title: Answers for brokers
owner: Ada Example
---
# Answers for brokers

The assistant answers questions of brokers. It tells them that they speak to a machine.
"""


def test_every_package_is_looked_at() -> None:
    assert {name(path).split("/")[0] for path in modules(*PACKAGES)} == set(PACKAGES)


def test_files_and_functions_are_short() -> None:
    long = [
        name(path)
        for path in modules(*PACKAGES, "tests")
        if path.read_text(encoding="utf-8").count("\n") > 300
    ]
    long += [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in modules(*PACKAGES)
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.body[0].lineno >= 60  # a command's options are data
    ]
    assert long == []


def test_every_module_says_what_it_owns() -> None:
    silent = [
        name(path)
        for path in modules(*PACKAGES, "tests")
        if parsed(path).body and not ast.get_docstring(parsed(path))
    ]
    assert silent == []


def test_no_mocks() -> None:
    found = []
    for path in modules("tests"):
        for node in nodes(path):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names]
                module = getattr(node, "module", None) or ""
                if any("mock" in part for part in (module, *names)):
                    found.append(f"{name(path)}:{node.lineno}")
            if isinstance(node, ast.Call) and _replaces(node, name(path)):
                found.append(f"{name(path)}:{node.lineno}")
            if isinstance(node, ast.arg) and node.arg == "mocker":
                found.append(f"{name(path)}:{node.lineno}")
    assert found == []


def _replaces(call: ast.Call, path: str) -> bool:
    """Setting a constant is configuration; setting anything else is a mock."""
    if not ast.unparse(call.func).endswith("monkeypatch.setattr"):
        return False
    target = call.args[1] if len(call.args) > 1 else None
    word = target.value if isinstance(target, ast.Constant) else ""
    return not (isinstance(word, str) and (word.isupper() or (path, word) in REPLACED))


def test_lines_end_where_a_file_says_so() -> None:
    """`str.splitlines` also breaks at form feeds and U+2028: every cited line would be wrong."""
    found = [
        f"{name(path)}:{node.lineno}"
        for path in modules(*PACKAGES, "tests")
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr == "splitlines"
    ]
    assert found == []


def test_broad_excepts_stand_only_at_the_edges() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in modules(*PACKAGES)
        if name(path) not in EDGES | FOREIGN
        for node in nodes(path)
        if isinstance(node, ast.ExceptHandler) and _is_broad(node)
    ]
    assert found == []


def _is_broad(handler: ast.ExceptHandler) -> bool:
    """Cleaning up and raising again swallows nothing."""
    last = handler.body[-1]
    if isinstance(last, ast.Raise) and last.exc is None:
        return False
    if handler.type is None:
        return True
    types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(ast.unparse(kind) in ("Exception", "BaseException") for kind in types)


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(command), "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_import_rule_is_kept() -> None:
    done = _lint(ROOT)
    assert done.returncode == 0, done.stdout


def test_import_rule_would_notice(tmp_path: Path) -> None:
    """The same contracts on the same tree with one bad line for each."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = {
        "knowledge/planted.py": "import agent.errors\nimport openai\nimport rich\n",
        "agent/intake/planted.py": "def late():\n    import agent.draft\n    import sqlalchemy\n",
        "agent/draft/planted.py": "import chromadb\nimport langchain_core\n",
        "evals/planted.py": "import tui.cli\n",
        "agent/draft/one.py": "import agent.draft.two\n",
        "agent/draft/two.py": "import agent.draft.one\n",
    }
    for path, code in planted.items():
        (tmp_path / path).write_text(code, encoding="utf-8")
    done = _lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "9 broken" in done.stdout, done.stdout


@pytest.mark.parametrize("words", [["--help"], ["check", "proposal.md"]])
def test_light_commands_load_nothing_heavy(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "proposal.md").write_text(PROPOSAL, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import tui.cli; tui.cli.main()", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in done.stderr.split("\n") if not line.startswith("import time:")]
    assert done.returncode in (0, 1), said
    assert done.stdout, said
    loaded = {
        line.rsplit("|", 1)[1].strip().split(".")[0]
        for line in done.stderr.split("\n")
        if line.startswith("import time:")
    }
    assert "tui" in loaded
    assert loaded & HEAVY == set()
