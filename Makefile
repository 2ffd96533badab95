# Every target sets up .venv by itself: uv where it is found, else venv and pip.
# PYTHON=/path/to/python make test   uses that interpreter for a new .venv.
# make lock LOCK=--upgrade           moves every pin to the newest that fits.

SHELL := /bin/sh
.DELETE_ON_ERROR:
.PHONY: help demo test check bench soak lock clean

PY := .venv/bin/python
READY := .venv/.ready
UV := $(shell uv --version >/dev/null 2>&1 && echo uv)
NEW := import sys; sys.exit(sys.version_info < (3, 11))
COMPILED = $(PY) -m compileall -q agent evals knowledge prompts tui
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export UV_COMPILE_BYTECODE := 1
export UV_NO_PROGRESS := 1

help:
	@echo "make demo    eight made-up proposals reviewed, from nothing, in about a minute"
	@echo "make test    the tests"
	@echo "make check   format, lint, types, import rule, tests: all that must pass"
	@echo "make bench   speed against its bars"
	@echo "make soak    the long crash test of the record"
	@echo "make lock    write requirements.lock again"
	@echo "make clean   remove .venv and caches"

demo: $(READY)
	.venv/bin/concord demo

test: $(READY)
	$(PY) -m pytest -n auto

check: $(READY)
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-logo
	$(PY) -m pytest -n auto

bench: $(READY)
	@$(COMPILED)
	$(PY) -m tests.bench

soak: $(READY)
	CONCORD_SOAK=200 $(PY) -m pytest tests/agent/record tests/tui/test_kill.py -k kill

lock:
	@test -n "$(UV)" || { echo "make lock needs uv: install it, then try again" >&2; exit 1; }
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" $(LOCK) --quiet --output-file requirements.lock

clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An interpreter that is too old, or a .venv whose interpreter is gone, is replaced.
.venv/bin/python:
	@if [ -n "$$PYTHON" ]; then set -- "$$PYTHON"; \
	else set -- python3 python3.13 python3.12 python3.11; fi; \
	for python in "$$@"; do \
	  if "$$python" -c '$(NEW)' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -n "$(UV)" ] && [ -n "$$found$(if $(PYTHON),,any)" ]; then \
	  uv venv --quiet --clear --python "$${found:-3.12}" .venv; \
	elif [ -n "$$found" ]; then "$$found" -m venv --clear .venv; \
	else echo "Concord needs Python 3.11 or newer: install it, or name it with PYTHON=/path/to/python" >&2; \
	  exit 1; fi

# The lock first, every file checked by hash; then Concord itself, built by what the lock holds.
$(READY): requirements.lock pyproject.toml
	@$(PY) -c '$(NEW)' 2>/dev/null || rm -rf .venv
	@$(MAKE) --silent --no-print-directory .venv/bin/python
	@echo "setting up .venv; the first time this takes a minute or two"
ifdef UV
	@uv pip sync --quiet --offline --python $(PY) --require-hashes requirements.lock 2>/dev/null || \
	  uv pip sync --quiet --python $(PY) --require-hashes requirements.lock
	@uv pip install --quiet --offline --python $(PY) --no-deps --no-build-isolation --editable .
else
	@$(PY) -m pip install --quiet --require-hashes --requirement requirements.lock
	@$(PY) -m pip install --quiet --no-deps --no-build-isolation --no-index --editable .
endif
	@$(COMPILED)
	@touch $(READY)
