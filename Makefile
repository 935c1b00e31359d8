# Each target does its own set-up in .venv; nothing is needed but Python, pip and make.
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# Three for two cores: many tests wait for a program.
PYTEST := $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --max-worker-restart 0

.PHONY: demo test test-browser quick coverage bench notebooks lint validity mutation false-fails attacks fuzz dist term clean

demo: .venv/.grader
	$(BIN)/autograder demo

test: .venv/.all lint
	$(PYTEST)

quick: .venv/.all lint
	$(PYTEST) -m 'not slow'

# How much of the grader's own process the tests run through, with branches. Apart from `make test`, since before
# Python 3.14 watching branches makes the tests take nearly twice as long. Not seen: the worker's side, which runs in
# processes of the sandbox, and whatever a test starts as a command.
coverage: .venv/.all
	$(PYTEST) --cov

# The pages in a real browser, formgrader and JupyterLab: apart from `make test`, since they need Chromium.
test-browser: .venv/.browser
	$(BIN)/python -m pytest tests/browser --require-browser

lint: .venv/.all
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy

bench: .venv/.all
	$(BIN)/python -m tests.studies.bench --write
	$(BIN)/python -m tests.studies.soak

mutation: .venv/.all
	$(BIN)/python -m tests.studies.mutation

false-fails: .venv/.all
	$(BIN)/python -m tests.studies.false_fails

validity: .venv/.all
	$(BIN)/python -m tests.studies.validity

attacks: .venv/.all
	$(BIN)/python -m tests.studies.attacks

fuzz: .venv/.all
	$(BIN)/python -m tests.studies.fuzz 120

# The wheel is built of the sdist, and graded with in an environment that has nothing else: neither may lack a file.
dist: .venv/.grader
	$(INSTALL) --editable '.[release]'
	rm -rf dist build
	$(BIN)/python -m build
	$(PYTHON) -m venv build/venv
	build/venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt dist/*.whl
	cd build && venv/bin/autograder demo --output demo
	rm -rf build/course && cd build && venv/bin/autograder init course
	cd build && venv/bin/autograder grade --course course course/source/1-deep-chains/1-deep-chains.ipynb

# A whole term with that wheel, beside nbgrader at its tested version: thirty students, from `init` to the exported grades.
# Where Chromium is, what a person gives is typed into the formgrader.
term: dist .venv/.browser
	build/venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt "$$(ls dist/*.whl)[instructor]"
	$(BIN)/python -m tests.studies.term --bin build/venv/bin

# All, or one: make notebooks NAME=3-initialization
NAME = $(basename $(notdir $(wildcard solutions/*/*.ipynb)))
notebooks: .venv/.all
	for name in $(NAME); do $(BIN)/nbgrader generate_assignment $$name --force --no-db || exit 1; done

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    found=$$($(PYTHON) --version 2>&1) || found='no program that runs here'; \
	    echo "$(PYTHON) is $$found; Python 3.11 or newer is needed." \
	        "Install one and name it: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.grader: .venv/.made pyproject.toml constraints.txt
	$(INSTALL) --editable .
	@touch $@

.venv/.all: .venv/.grader
	$(INSTALL) --editable '.[cluster,instructor,test]'
	@touch $@

.venv/.browser: .venv/.all
	$(INSTALL) --editable '.[instructor,test,browser]'
	@touch $@

clean:
	rm -rf .venv build dist
