# One target a verb. Every target calls `install` first; it works only when the lock changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# One more than there are cores, since many tests wait for a process.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

.PHONY: help install try run test test-postgres lint types imports unit bench eval lock clean

help:
	@echo "make try      talk to the coach in a local chat page; no token, no key"
	@echo "make run      the bot on Telegram (needs BOT_TOKEN, see .env.example)"
	@echo "make test     lint, types, import rules, every test"
	@echo "make test-postgres  every dialog on PostgreSQL as well; make test runs some"
	@echo "make bench    the benchmarks; each prints a ratio"
	@echo "make eval     the prompts against any OpenAI-compatible endpoint"
	@echo "make lock     write the hashed lock files anew from pyproject.toml"

install: $(STAMP)

$(STAMP): requirements-dev.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

try: install
	$(BIN)/python -m bot try $(ARGS)

run: install
	$(BIN)/python -m bot run

test: lint types imports unit

test-postgres: install
	$(BIN)/python -m pytest -n auto tests/storage tests/handlers --postgres=all $(ARGS)

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: install
	$(BIN)/basedpyright

imports: install
	$(BIN)/lint-imports

# A file's tests stay together: they share a running program. Long files come first.
# Bytecode is kept even where the environment forbids it: else each process compiles hypothesis anew.
unit: install
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

bench: install
	$(BIN)/python -m benchmarks $(ARGS)

eval: install
	$(BIN)/python -m bot eval $(ARGS)

# uv resolves for every platform and Python at once; pip installs what it wrote.
lock:
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.5,<1'
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra postgres --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet -c requirements.lock -o requirements-postgres.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --quiet -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache dist
