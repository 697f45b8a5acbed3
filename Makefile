# Two commands matter: `make run` and `make test`. Both set everything up first (requirements-dev.txt holds all of requirements.txt).
# --no-deps: the file is complete, and pip would look for newer releases of what has extras and then refuse them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.setup-$(shell cat requirements.txt requirements-dev.txt pyproject.toml | cksum | cut -d' ' -f1)

.PHONY: setup run test check fmt lock bench faults clean

setup: $(STAMP)

$(STAMP):
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	@echo "Setting up in $(VENV): about half a minute on a quick line."
	@started=$$(date +%s) \
	&& $(PYTHON) -m venv $(VENV) \
	&& $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt \
	&& $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable . \
	&& rm -f $(VENV)/.setup-* && touch $(STAMP) \
	&& echo "Set up in $$(( $$(date +%s) - started )) s."

run: setup
	$(BIN)/ventanilla demo --if-empty
	$(BIN)/ventanilla serve --welcome

test: setup
	$(BIN)/pytest -n 2 --dist loadfile

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Writes the pinned requirements anew; the only target that needs `uv`.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-strip-extras -o requirements.txt pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-strip-extras --extra traces --group dev -c requirements.txt -o requirements-dev.txt pyproject.toml

bench: setup
	$(BIN)/python -m bench

faults: setup
	VENTANILLA_FAULT_ROUNDS=30 $(BIN)/pytest tests/faults -s -m faults

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
