# Two commands do everything on a fresh machine with Python 3.11+ and make: `make demo`, `make test`.

PORT ?= 8080
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test format clean

demo: .venv/ready ## Play the citizen and the officer in a browser
	@$(BIN)/dalil demo --port $(PORT)

test: .venv/ready-for-tests ## Everything that must hold
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/dalil check
	$(BIN)/pytest

format: .venv/ready-for-tests ## Put the code into its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Forget everything that was set up or made here
	rm -rf .venv var

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python requirements.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/ready-for-tests: .venv/ready requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
