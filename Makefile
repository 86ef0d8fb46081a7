# Needs nothing but make and CPython 3.11 or newer; everything else goes into .venv.
#   make test    lint, types, contracts, tests
#   make coverage  the tests once more, traced: below the bound in pyproject.toml it fails
#   make demo    both emulators on loopback, one wholesale order on its way
#   make docs    the documentation as a site, in build/site
#   make browser the HTML reports in a real chromium, screenshots in build/screenshots
# Another interpreter: make PYTHON=/path/to/python3.12 test

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
TOOLED := $(VENV)/.tools
BENCH  := $(VENV)/.bench
PRESS  := $(VENV)/.docs
DRIVER := $(VENV)/.browser
BUILD  := build

PYTHON ?=
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3.13 python3.12 python3.11 python3 python)
# A name on the PATH is no interpreter yet: version managers put up placeholders. So each one is asked.
RECENT := import sys, venv; raise SystemExit(sys.version_info < (3, 11) or sys.implementation.name != "cpython")

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.PHONY: help test coverage demo docs browser lint types contracts bench torture clean

help:
	@sed -n 's/^#   //p' Makefile
	@echo 'also: make lint | types | contracts | bench | torture | clean'

test: lint types contracts
	$(BIN)/pytest -n auto --dist loadfile

# Tracing more than doubles the time, so it has a target of its own.
coverage: $(TOOLED)
	$(BIN)/pytest -n auto --dist loadfile --cov --cov-report=term

demo: $(READY)
	@mkdir -p $(BUILD)
	$(BIN)/po-bridge demo --report $(BUILD)/demo.html

# Pages that are made from the code are made first; a warning fails the build.
docs: $(PRESS)
	@for page in tables marks cli reference; do $(BIN)/python docs/make_$$page.py || exit 1; done
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

# Debian's chromium, or the one that is named: make browser CHROMIUM=/path/to/chrome
CHROMIUM ?= $(or $(shell command -v chromium),$(shell command -v chromium-browser),chromium)
browser: $(DRIVER)
	PO_BRIDGE_BROWSER="$(CHROMIUM)" $(BIN)/pytest --no-cov -n auto tests/browser

lint: $(TOOLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TOOLED)
	$(BIN)/mypy
	$(BIN)/pyright

contracts: $(TOOLED)
	@mkdir -p $(BUILD)
	$(BIN)/lint-imports --cache-dir $(BUILD)/import-linter

bench: $(BENCH)
	@for script in benchmarks/[!_]*.py; do \
	    echo "== $$script"; $(BIN)/python "$$script" || exit 1; \
	done

# SIGKILL in the middle of apply, two hundred times; `make test` does twenty.
torture: $(TOOLED)
	PO_BRIDGE_KILLS=200 PO_BRIDGE_TORTURE=1 $(BIN)/pytest \
	    tests/acceptance/test_sigkill.py tests/testing/test_graph_parallel.py

clean:
	rm -rf $(VENV) $(BUILD)

# One stamp a purpose: the demo does not wait for the tools, nothing but `make bench` waits for the peers.
$(READY): pyproject.toml
	@if $(BIN)/python -c '$(RECENT)' >/dev/null 2>&1; then exit 0; fi; \
	for python in $(CANDIDATES); do \
	    if "$$python" -c '$(RECENT)' >/dev/null 2>&1; then \
	        echo "$(VENV): made with $$("$$python" -c 'import sys; print(sys.executable, sys.version.split()[0])')"; \
	        "$$python" -m venv --clear $(VENV) && exit 0; \
	        echo "$$python cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; \
	        exit 1; \
	    fi; \
	done; \
	echo "CPython 3.11 or newer is needed; none of these is: $(CANDIDATES)" >&2; \
	echo "name one: make PYTHON=/path/to/python3.11" >&2; \
	exit 1
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable '.[cli,report,fast,sandbox]'
	@touch $@

$(TOOLED): $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[testing,notebook]' --group dev
	@touch $@

$(BENCH): $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	@touch $@

$(DRIVER): $(TOOLED)
	$(BIN)/python -m pip install --quiet --group browser
	@touch $@

$(PRESS): $(READY)
	$(BIN)/python -m pip install --quiet --editable '.[testing]' --group docs
	@touch $@
