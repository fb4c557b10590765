# Every target makes .venv by itself; Python 3.11 or newer is all it needs.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PYTEST_ARGS ?= -q

# Prefect reports usage to its makers unless told not to.
export DO_NOT_TRACK := 1
export PREFECT_SERVER_ANALYTICS_ENABLED := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check test-system bench bench-linking floors fuzz constraints

demo: $(INSTALLED)  ## examples through the flows into a small warehouse, and a table of claims
	$(BIN)/python -m flows.demo

test: $(INSTALLED)  ## everything that needs nothing but Python
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 8 --dist loadfile $(PYTEST_ARGS)

check: $(INSTALLED)  ## style, types and the rooms' import rules
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test-system: $(INSTALLED)  ## what needs a Prefect server, a worker and a browser (chromium; without one its part is skipped)
	$(BIN)/python -m pytest $(PYTEST_ARGS) -m system

bench: $(INSTALLED)  ## speed of the extractor and the load on this machine, in a table
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python -m bench.run $(BENCH_ARGS)

bench-linking: $(INSTALLED)  ## how often official statements are linked rightly, beside baselines and Splink
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python -m bench.linking $(BENCH_ARGS)

floors: $(INSTALLED)  ## figures on annotated texts against their floors (docs/quality.md)
	$(BIN)/python tests/evaluation/gate.py

fuzz: $(INSTALLED)  ## ten minutes' search for texts that break the extractor
	$(BIN)/python tests/fuzz/long_fuzz.py 600

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	touch $@

# Renewing the pins is a decision, so nothing depends on this target.
constraints:
	rm -rf build/pins
	$(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip install --quiet '.[test]'
	{ echo "# Every version that a fresh install of .[test] took, tested together (make constraints renews it)."; \
	  build/pins/bin/python -m pip list --format=freeze --exclude casualty-facts --exclude pip --exclude setuptools; } > constraints.txt
