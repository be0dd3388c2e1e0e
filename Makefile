# The verbs of this project. Each makes .venv by itself, from requirements.lock, the first time and when that file changes.
.DEFAULT_GOAL := help
.PHONY: help run ask test check bench build docs soak lock clean
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
LOCKED := .venv/.locked
READY := .venv/.ready
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
SAY := @printf '\n== %s\n'

# The question reaches the shell as it was typed: $(value) keeps make from reading its $ signs, "$$QUESTION" the shell.
unexport Q
export QUESTION := $(value Q)

help:  ## these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s%s\n", $$1, $$2 }' Makefile

run: $(READY)  ## start all that is configured: the Telegram bot, else the terminal chat
	@$(BIN)/wence run

ask: $(READY)  ## answer one question: make ask Q='高企认定有什么补贴'
	@[ -n "$$QUESTION" ] || { echo "make ask: give a question, as in  make ask Q='高企认定有什么补贴'" >&2; exit 2; }
	@$(BIN)/wence ask -- "$$QUESTION" || { code=$$?; [ $$code -eq 1 ] || exit $$code; }  # 1: the documents do not say, an answer too

test: $(READY)  ## run the tests; some of them: make test T='-k outline'
	@$(BIN)/python -m pytest $(T)

check: $(READY)  ## all that must hold before a commit: lint, format, types, layers, docs, database, tests
	$(SAY) 'ruff'
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check .
	$(SAY) 'mypy'
	@$(BIN)/mypy
	$(SAY) 'layers'
	@$(BIN)/lint-imports --no-logo
	$(SAY) 'docs'
	@$(BIN)/python tools/docs.py --check
	$(SAY) 'database'
	@$(BIN)/wence --db data/policies.db build --check data/sources
	$(SAY) 'tests'
	@$(MAKE) test

bench: $(READY)  ## measure speed and memory; search quality too: make bench RETRIEVAL=FOLDER; many sections: make bench SCALE='10000 100000'; a library: make bench BUILD=1000
	@$(BIN)/python benchmarks/run.py

build: $(READY)  ## build data/policies.db anew from data/sources/
	@$(BIN)/wence --db data/policies.db build --fresh data/sources

docs: $(READY)  ## write the generated parts of the documentation
	@$(BIN)/python tools/docs.py

soak: $(READY)  ## the long tests, with full faults and loads
	@$(BIN)/python benchmarks/soak.py

lock: $(READY)  ## resolve pyproject.toml into requirements.lock anew; newer releases too: make lock L=--upgrade
	@$(BIN)/pip-compile $(L) --quiet --extra dev --allow-unsafe --generate-hashes --strip-extras --no-header --no-emit-options \
		--output-file requirements.lock pyproject.toml
	@! grep -n -e '://' -e ' @ ' requirements.lock

clean:  ## remove all that was made here, .venv too
	@rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Where two steps are one: what builds packages comes first, pinned like the rest, so that nothing else is fetched.
$(LOCKED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "wence needs Python 3.11 or newer as $(PYTHON); another one: make PYTHON=python3.12 …" >&2; exit 2; }
	@echo 'setting up .venv, once; this may take a minute …' >&2
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@awk '/^[^ #]/ { tool = /^(pip|setuptools|wheel)==/ } tool' requirements.lock > .venv/tools.lock
	@$(PIP) install --require-hashes --no-deps -r .venv/tools.lock
	@$(PIP) install --require-hashes --no-build-isolation -r requirements.lock
	@touch $@

$(READY): $(LOCKED) pyproject.toml
	@$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@
