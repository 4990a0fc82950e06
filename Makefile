SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: run test lint bench

# set up what is missing, then web, worker and beat in one process group; Ctrl-C ends everything
run: .venv/run
	@PORT=$(PORT) $(BIN)/python -m config.run

# the whole suite on SQLite, then on PostgreSQL and Redis
test: .venv/test
	@$(BIN)/python -m tests.run

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m tests.lint

bench: .venv/test
	$(BIN)/python tests/bench/run.py
	$(BIN)/python tests/bench/fir_run.py

.venv/run: requirements.txt config/system.sh
	@bash config/system.sh run "$(PYTHON)"
	@touch $@

.venv/test: requirements.txt requirements-dev.txt config/system.sh
	@bash config/system.sh test "$(PYTHON)"
	@touch $@ .venv/run
