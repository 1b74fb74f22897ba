# serve, test and check work on a fresh machine with Python >= 3.11 and make; PORT, HOST and HOME_DIR may be given.
PYTHON ?= python3
HOME_DIR ?= .mueang
BIN = .venv/bin
PYTHONS = server tests bench assets hatch_build.py
LOCK = $(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

serve: .venv/runs  ## check the data, build, serve on http://127.0.0.1:8000
	$(BIN)/mueang build --home $(HOME_DIR) >/dev/null
	exec $(BIN)/mueang serve --home $(HOME_DIR) $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

test: .venv/tests  ## every test that fits in five minutes
	$(BIN)/pytest --numprocesses 2
test-slow: .venv/tests  ## the long ones: kills, hostile queries, a million triples, foreign engines
	$(BIN)/pytest -m slow

conformance: .venv/tests  ## the suites and tables of others in REFERENCE, against servers of our own
	REFERENCE=$(abspath $(REFERENCE)) $(BIN)/pytest -m reference
	$(BIN)/python tests/conformance $(REFERENCE)
bench: .venv/tests  ## questions beside oxigraph serve, checks beside a larger graph, updates, names
	for one in asking checking updating linking; do $(BIN)/python bench/$$one/run.py || exit 1; done

check: .venv/tests  ## lint, types, imports, tests
	$(BIN)/ruff check $(PYTHONS) && $(BIN)/ruff format --check $(PYTHONS)
	$(BIN)/mypy && $(BIN)/lint-imports
	$(MAKE) test

format: .venv/tests  ## the one layout of Python and Turtle
	$(BIN)/ruff check --quiet --fix $(PYTHONS) && $(BIN)/ruff format --quiet $(PYTHONS)
	$(BIN)/python tests/turtle_layout.py
lock: .venv/tests  ## choose the newest versions that pyproject.toml allows
	$(LOCK) --output-file requirements.txt pyproject.toml
	$(LOCK) --allow-unsafe --extra dev --output-file requirements-dev.txt pyproject.toml

assets: .venv/runs  ## try again to fetch the editor of /sparql
	$(BIN)/python assets/fetch.py
dist: .venv/tests  ## the wheel, with the graph and the editor inside
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

.venv/runs: requirements.txt pyproject.toml assets/package-lock.json
	$(PYTHON) -m venv .venv
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-deps --editable .
	@touch $@
.venv/tests: .venv/runs requirements-dev.txt
	$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: serve test test-slow conformance bench check format lock assets dist
