# make run     the demo study in the window; without a display its whole work without one
# make test    all tests        make lint   contracts, types, style
# make bench   speed, as ratios to the raw limits        make soak   long runs
# make pictures   the tutorial's pictures, from its steps in the real window
# Each sets up what it needs: .venv with the locked dependencies, and on Debian the system's libraries.

PYTHON ?= python3
OUT ?= demo-output
BIN := .venv/bin

.PHONY: run test lint bench soak pictures setup system clean
.DEFAULT_GOAL := run

run: setup
	@$(BIN)/qda demo "$(OUT)"

test: setup
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist loadscope -m "not soak" $(ARGS)

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: setup
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench $(ARGS)

pictures: setup
	@$(BIN)/python -m tests.tutorial_pictures $(ARGS)

soak: setup
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m soak $(ARGS)

setup: system .venv/.ready

# The stamp is younger than what was installed from; a half-made environment has none.
.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "qda needs Python 3.11 or newer; name one with make PYTHON=…")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Qt's system libraries and a font. Root on Debian gets them installed, everybody else is told the line.
PACKAGES := libglib2.0-0 libgl1 libegl1 libfontconfig1 libxkbcommon0 libdbus-1-3 fonts-dejavu-core
system:
	@if command -v dpkg-query >/dev/null 2>&1; then \
	  missing=; \
	  for package in $(PACKAGES); do \
	    dpkg-query -W -f '$${Status}' $$package $${package}t64 2>/dev/null | grep -q 'ok installed' \
	      || missing="$$missing $$package"; \
	  done; \
	  $(PYTHON) -c 'import ensurepip' 2>/dev/null || missing="$$missing python3-venv"; \
	  if [ -n "$$missing" ]; then \
	    if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	      echo "installing$$missing"; \
	      { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $$missing; } >/dev/null \
	        || echo "could not install them; please try: apt-get install$$missing"; \
	    else \
	      echo "missing; please install: sudo apt-get install$$missing"; \
	    fi; \
	  fi; \
	fi

clean:
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
