# Two commands do everything on a fresh machine with Python 3.11+ and make: `make demo`, `make test`.

PORT ?= 8080
PYTHON ?= python3
UPDATES ?= 100000
SEED ?= 1
KILLS ?= 1000
CITIZENS ?= 300
DATABASE ?= sqlite
BIN := .venv/bin
# Tests start dozens of processes: compiled once, the code need not be compiled for each of them.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test bench fuzz chaos format wheel clean

demo: .venv/ready ## Play the citizen and the officer in a browser; BUSY=1: offices at work
	@$(BIN)/dalil demo --port $(PORT) $(if $(BUSY),--busy)

# Three at a time on two cores: stories also wait, for browsers, servers and the disk.
test: .venv/ready-for-tests ## Everything that must hold
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/dalil check
	$(BIN)/dalil prove
	$(BIN)/pytest -n 3 --dist worksteal

bench: .venv/ready-for-tests ## What an update costs, beside the usual way of writing such a bot
	@$(BIN)/python -m tests.bench

fuzz: .venv/ready-for-tests ## Odd and hostile updates by the thousand: make fuzz UPDATES=100000
	@$(BIN)/python -m tests.fuzz.driver --updates $(UPDATES) --seed $(SEED)

chaos: .venv/ready-for-tests ## The bot dies everywhere and at random: make chaos KILLS=1000
	@$(BIN)/python -m tests.chaos --kills $(KILLS) --citizens $(CITIZENS) --seed $(SEED) --database $(DATABASE)

format: .venv/ready-for-tests ## Put the code into its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

wheel: .venv/ready ## One file to install on a server, into dist/
	@$(BIN)/hatchling build --clean -t wheel

clean: ## Forget everything that was set up or made here
	rm -rf .venv var dist

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/ready: .venv/bin/python requirements.txt pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/ready-for-tests: .venv/ready requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
