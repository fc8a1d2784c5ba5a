# make run     clean the samples in raw/ into clean/
# make test    the tests, and the quality table where the corpus is present
# make check   ruff, mypy --strict and the layer test
# make quality the quality table alone
# make quality-page  docs/quality.md: figures by set, language and script, and the worst documents
# make bench   speed and memory against their limits
# make screenshots   the pictures in docs/report.md, from the samples (needs chromium)
#
# VENV=dir takes another virtual environment, PYTHON=python3.11 another interpreter.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: run test check bench quality quality-page screenshots
.DEFAULT_GOAL := run

run: $(VENV)/.run
	$(BIN)/clean raw/ clean/

test: $(VENV)/.dev
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests/test_layers.py

bench: $(VENV)/.dev
	$(BIN)/python bench/speed.py
	$(BIN)/python bench/report.py

screenshots: $(VENV)/.dev
	$(BIN)/python docs/screenshots.py

quality: $(VENV)/.dev
	$(BIN)/python bench/quality.py

quality-page: $(VENV)/.dev
	$(BIN)/python bench/quality.py --page > $(VENV)/quality.md
	@test -s $(VENV)/quality.md && mv $(VENV)/quality.md docs/quality.md || echo "no corpus: docs/quality.md stays as it is"

$(VENV)/.run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -e .
	@touch $@

$(VENV)/.dev: pyproject.toml $(VENV)/.run
	$(BIN)/python -m pip install -q -e '.[dev]'
	@touch $@
