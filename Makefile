# The two commands: `make extract` (articles to claim graph) and `make test`. `make help` lists the rest.
# Needs Python 3.11 to 3.13, git and make; everything else comes from the lock files, by hash.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CORPUS ?= corpus
DB     ?= claimgraph.db
GOLD   := ../shared/gold

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev extract report test check eval bench torture fuzz golden lock clean

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

setup: $(VENV)/.run ## Make the environment in .venv; the command is .venv/bin/claimgraph

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
	  || { echo "claimgraph needs Python 3.11 to 3.13; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@echo "Making a virtual environment in $(VENV) ..." >&2
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing claimgraph and what it needs (about half a minute) ..." >&2
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup-dev: $(VENV)/.dev ## Add what tests and checks need

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "Installing what the tests need ..." >&2
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

extract: $(VENV)/.run ## Read CORPUS (default corpus/) into the claim graph DB (default claimgraph.db) and say what conflicts
	@$(BIN)/claimgraph ingest "$(CORPUS)" --db "$(DB)"

report: extract ## Write report.html, the same to look at, as one file
	@$(BIN)/claimgraph report --db "$(DB)" -o report.html

test: $(VENV)/.dev ## Run the whole test suite; says what was skipped and what it needs
	$(BIN)/python -m pytest -n 2 $(PYTEST)

check: $(VENV)/.dev ## Format, lint, strict types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

eval: $(VENV)/.run ## Score the pipeline on corpus/ (fails under the floors) and on ../shared/gold where it is there
	$(BIN)/claimgraph evaluate corpus --floors corpus/floors.json
	@if [ -d $(GOLD) ]; then echo "== $(GOLD)" >&2; $(BIN)/claimgraph evaluate $(GOLD); else echo "(no $(GOLD): skipped)" >&2; fi

bench: $(VENV)/.dev ## Time claimgraph against bare spaCy and itself; prints ratios
	@for file in tests/benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

torture: $(VENV)/.dev ## Kill ingests at 400 random moments, in SQLite and PostgreSQL, and compare the graphs (an hour or less)
	$(BIN)/python tests/store/torture.py $(TORTURE)

fuzz: $(VENV)/.dev ## Fuzz number grammar and readers, ten minutes each (FUZZ=-max_total_time=60)
	PYTHONPATH=pipeline $(BIN)/python tests/fuzz/fuzz.py numbers $(or $(FUZZ),-max_total_time=600)
	PYTHONPATH=pipeline $(BIN)/python tests/fuzz/fuzz.py readers $(or $(FUZZ),-max_total_time=600)

golden: $(VENV)/.dev ## Rewrite the outputs that tests compare with; review the diff
	$(BIN)/python tests/docs/readme.py

lock: ## Resolve the lock files anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --group build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --group build --group dev --all-extras pyproject.toml -c requirements.lock -o requirements-dev.lock

clean: ## Remove the environment and caches (never a database)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
