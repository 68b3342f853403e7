# Everything sets itself up in .venv with plain python3 and pip; a second time it is instant.
#   make demo PYTHON=python3.13    takes another Python

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS := -n 2 --dist loadgroup
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo dash docs refresh test test-all lint validate bench clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.core  ## Run a learning ecosystem's year and say in words what happened
	@rm -rf results/demo
	@$(BIN)/ecosim run scenarios/community-of-practice.yaml --out results/demo

dash: $(VENV)/.ui  ## Open pages in your browser to explore, compare and teach (ARGS='--lang fr')
	@$(BIN)/ecosim dash $(ARGS)

docs: $(VENV)/.core  ## Write docs/reference, docs/validation.md and their French anew from the code and what is kept
	@$(BIN)/python -m ecosim.report.reference docs > /dev/null
	@$(BIN)/python -m ecosim.report.validation docs > /dev/null

refresh: $(VENV)/.core  ## Run the experiments anew and renew their verdicts, figures and pages (20 minutes)
	@rm -rf results/experiments
	@$(BIN)/python -m ecosim.report.experiments experiments --run

test: $(VENV)/.dev  ## Run the fast tests
	@$(BIN)/ecosim warmup --quiet
	$(BIN)/python -m pytest $(WORKERS) -m "not long" $(ARGS)

test-all: $(VENV)/.dev  ## Run all tests, the long ones too
	@$(BIN)/ecosim warmup --quiet
	HYPOTHESIS_PROFILE=long $(BIN)/python -m pytest $(WORKERS) $(ARGS)

lint: $(VENV)/.dev  ## Check style, types, and who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

validate: $(VENV)/.core  ## Hold the model against the patterns measured in the world
	@$(BIN)/ecosim validate --patterns --nulls

bench: $(VENV)/.dev  ## Measure speed
	@$(BIN)/ecosim warmup --quiet
	$(BIN)/python -m tests.benchmarks.bench $(ARGS)
	$(BIN)/python -m tests.benchmarks.sweeps $(ARGS)
	$(BIN)/python -m tests.benchmarks.pages $(ARGS)
	$(BIN)/python -m tests.benchmarks.classroom $(ARGS)

clean:  ## Remove .venv and what tools leave behind (results stay)
	rm -rf $(VENV) .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A virtual environment; one whose set-up was interrupted is made anew.
$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "$(PYTHON) was not found. ecosim needs Python 3.11 or newer: https://www.python.org/downloads/" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "ecosim needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -c 'import platform; print(platform.python_version())')." \
	       "Name another one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@echo "Setting up $(VENV) (once, about a minute) ..." >&2
	@rm -rf $(VENV)
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "This Python cannot make virtual environments: its modules venv and ensurepip are missing." \
	       "On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.core: $(VENV)/.made pyproject.toml
	@$(PIP) --editable .
	@touch $@

$(VENV)/.ui: $(VENV)/.core
	@echo "Installing what the pages need (once) ..." >&2
	@$(PIP) --editable '.[ui]'
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	@echo "Installing what the tests need ..." >&2
	@$(PIP) --editable '.[dev]'
	@$(BIN)/python -m tests.web.chromium install
	@touch $@
