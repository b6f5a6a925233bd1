# Everything sets itself up. `make run` needs Python 3.11 or later, git and make; `make test` needs Chromium too.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: run test check bench fuzz lock clean

run: .venv/product
	@$(BIN)/webcert up

test: .venv/development
	@command -v chromium chromium-browser google-chrome >/dev/null || \
		{ echo "make test needs Chromium, which is not on this machine. Debian and Ubuntu: apt-get install chromium" >&2; exit 1; }
	$(BIN)/pytest --numprocesses 3 --dist loadfile  # two cores are busy with three: much of it waits for what it has killed

check: .venv/development
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/development
	$(BIN)/python -m bench

# A hundred thousand hostile messages at every entrance for XML: a quarter of an hour.
fuzz: .venv/development
	$(BIN)/python -m tests.fuzz

# Choose the newest allowed versions of all dependencies and pin them with their hashes.
COMPILE = build/lock/bin/pip-compile --quiet --upgrade --strip-extras --generate-hashes --no-header \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options
lock: | .venv/bin/pip
	$(BIN)/python -m venv build/lock
	build/lock/bin/pip install --quiet --disable-pip-version-check "pip-tools~=7.6"
	$(COMPILE) --output-file requirements.txt pyproject.toml
	$(COMPILE) --output-file requirements-dev.txt --constraint requirements.txt --extra dev pyproject.toml

# The database's data in data/ stays.
clean:
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Webcert needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv

.venv/product: requirements.txt pyproject.toml | .venv/bin/pip
	$(PIP) --require-hashes --requirement requirements.txt
	$(PIP) --no-deps --editable .
	@touch $@

.venv/development: requirements-dev.txt pyproject.toml | .venv/bin/pip
	$(PIP) --require-hashes --requirement requirements-dev.txt
	$(PIP) --no-deps --editable .
	@touch .venv/product $@
