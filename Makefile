# Plenary. `make help` lists what can be done.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
WEB := voting/terminal_client/web
WEB_SOURCES = $(shell find $(WEB) voting/words -type f -not -name '*.py*' -not -path '*/node_modules/*' -not -path '*/test-results/*' 2>/dev/null)
WORKERS ?= 2
# A module runs as a whole in one process, in the order that tests/conftest.py gives.
SPREAD = -n $(WORKERS) --dist loadscope --no-loadscope-reorder

.PHONY: help
help: ## Show this help
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: $(VENV)/.installed voting/server/static/.built ## Hold the sample sitting on this machine, with 248 simulated delegates
	$(BIN)/voting run

.PHONY: test
test: lint $(VENV)/.installed-dev $(WEB)/node_modules/.installed voting/server/static/.built ## Everything that a change must pass
	cd $(WEB) && npm test
	$(BIN)/pytest $(SPREAD) --durations 20 -m "not long_drill"

.PHONY: test-fast
test-fast: $(VENV)/.installed-dev $(WEB)/node_modules/.installed ## What can be tested in three minutes: no browser, no rehearsal, no belenios-tool
	$(BIN)/pytest $(SPREAD) --durations 10 -m "not browser and not rehearsal and not belenios and not drill and not long"

.PHONY: test-faults
test-faults: $(VENV)/.installed-dev ## Every drill: servers killed, disks filled, lines cut; what became of each is printed
	$(BIN)/pytest tests/faults -m drill --durations 10

EXAMPLES ?= 5000
.PHONY: fuzz
fuzz: $(VENV)/.installed-dev ## Give every reader what nobody should have written; what breaks one is kept in artifacts/fuzz
	FUZZ_EXAMPLES=$(EXAMPLES) $(BIN)/pytest tests/fuzz -n $(WORKERS) --durations 5

.PHONY: test-hostile
test-hostile: $(VENV)/.installed-dev ## 100,000 hostile frames and requests of every role in every state of a poll
	SEED=$(SEED) $(BIN)/pytest tests/faults/test_sieges.py -m long_drill

SAMPLE ?= 200
SEED ?= 1
.PHONY: mutants
mutants: $(VENV)/.installed-dev ## Put small faults into a copy of the code, and count which the tests notice
	$(BIN)/python -m tests.mutants --sample $(SAMPLE) --seed $(SEED) --processes $(WORKERS) $(if $(ONLY),--only $(ONLY))

.PHONY: lint
lint: $(VENV)/.installed-dev $(WEB)/node_modules/.installed ## Style, types and the laws of the architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit -q -c pyproject.toml -r voting bench release hatch_build.py
	cd $(WEB) && npm run lint && npm run typecheck

.PHONY: bench
bench: $(VENV)/.installed-dev $(WEB)/node_modules/.installed ## Ratios within one run: groups, storage, verification
	$(BIN)/python -m bench

.PHONY: build
build: $(VENV)/.installed-dev ## A wheel that contains the built pages
	$(BIN)/python -m pip wheel -q --no-deps --no-build-isolation --wheel-dir dist .

.PHONY: pages
pages: voting/server/static/.built ## Build the pages into the server's static folder

.PHONY: wire
wire: $(VENV)/.installed $(WEB)/node_modules/.installed ## The pages' types of what travels between server and terminals
	$(BIN)/python -m voting.wire | (cd $(WEB) && npm run --silent wire)

.PHONY: screenshots
screenshots: $(VENV)/.installed-dev voting/server/static/.built ## Hold a poll in Chromium and keep a picture of each page in artifacts/
	$(BIN)/pytest tests/e2e -m browser

.PHONY: sbom
sbom: $(VENV)/.installed-dev ## The bill of materials of this checkout, as CycloneDX JSON in dist/
	mkdir -p dist
	$(BIN)/python -m release.sbom > dist/plenary.cdx.json

.PHONY: vectors
vectors: $(VENV)/.installed-dev ## Write the forged records that are published for other verifiers
	$(BIN)/python -m tests.vectors.forgeries.make_forgeries --pack

.PHONY: log-page
log-page: $(VENV)/.installed ## Write docs/log-events.md from the catalogue of log events
	$(BIN)/python -m voting.server.log > docs/log-events.md

.PHONY: lock
lock: ## Renew the lock files
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe --extra install -o requirements.lock pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe --extra install --extra dev -o requirements-dev.lock pyproject.toml

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Plenary needs Python 3.11 or newer (Debian: apt install python3 python3-venv)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment (Debian: apt install python3-venv)."; rm -rf $(VENV); exit 1; }

$(VENV)/.installed: $(VENV)/bin/python requirements.lock pyproject.toml
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	VOTING_SKIP_PAGES=1 $(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/bin/python requirements-dev.lock pyproject.toml
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	VOTING_SKIP_PAGES=1 $(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(VENV)/.installed $@

$(WEB)/node_modules/.installed: $(WEB)/package-lock.json
	@command -v npm >/dev/null || { echo "Plenary needs Node 20 or newer with npm to build its pages."; exit 1; }
	cd $(WEB) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

voting/server/static/.built: $(WEB)/node_modules/.installed $(WEB_SOURCES)
	cd $(WEB) && npm run --silent build
	@touch $@

.PHONY: clean
clean: ## Remove what was built; data of sittings stays
	rm -rf $(VENV) $(WEB)/node_modules voting/server/static dist artifacts .mypy_cache .ruff_cache .pytest_cache .hypothesis
