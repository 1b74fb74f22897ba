# serve, test and check work on a fresh machine with Python >= 3.11 and make; PORT, HOST and HOME_DIR may be given.
PYTHON ?= python3
HOME_DIR ?= .mueang
BIN = .venv/bin
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check

serve: .venv/runs  ## check the data, build, serve on http://127.0.0.1:8000
	$(BIN)/mueang build --home $(HOME_DIR) >/dev/null
	exec $(BIN)/mueang serve --home $(HOME_DIR) $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

test: .venv/tests  ## every test that fits in five minutes
	$(BIN)/pytest --numprocesses 2

test-slow: .venv/tests  ## the long ones: kills, hostile queries, a million triples, foreign engines
	$(BIN)/pytest -m slow

conformance: .venv/tests  ## the W3C suites in REFERENCE, against a server of our own
	$(BIN)/python tests/conformance $(REFERENCE)

bench: .venv/tests  ## questions beside oxigraph serve, checks beside a larger graph, updates
	$(BIN)/python bench/asking/run.py && $(BIN)/python bench/checking/run.py && $(BIN)/python bench/updating/run.py

check: .venv/tests  ## lint, types, imports, tests
	$(BIN)/ruff check server tests bench && $(BIN)/ruff format --check server tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

format: .venv/tests  ## the one layout of Python and Turtle
	$(BIN)/ruff check --quiet --fix server tests bench && $(BIN)/ruff format --quiet server tests bench
	$(BIN)/python tests/turtle_layout.py

lock: .venv/tests  ## choose the newest versions that pyproject.toml allows
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --allow-unsafe --extra dev --output-file requirements-dev.txt pyproject.toml

dist: .venv/tests  ## the wheel, with the graph inside
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

.venv/runs: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-deps --editable .
	@touch $@

.venv/tests: .venv/runs requirements-dev.txt
	$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: serve test test-slow conformance bench check format lock dist
