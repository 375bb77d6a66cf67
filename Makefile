# VENV=folder puts the virtual environment elsewhere; IMAGE=file is what "make run" opens; IMAGES=folder
# and REFERENCES=file.csv are what "make bench" measures with and against.
VENV ?= .venv
IMAGE ?=
IMAGES ?=
REFERENCES ?=
export VENV IMAGE
PYTHON := $(VENV)/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench bundle clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what is missing (the others do this by themselves)
	@packaging/bootstrap.sh

run: setup ## open the window (IMAGE=photo.jpg opens that); without a screen, work into out/
	@packaging/run.sh

lint: setup ## style, types and the direction of imports
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(VENV)/bin/lint-imports

# Tests are rewritten by pytest when they are imported: that is kept, where the environment forbids it.
test: lint ## lint, then run every test (needs no screen)
	PYTHONDONTWRITEBYTECODE= $(PYTHON) -m pytest -n 4 --dist worksteal

bench: ## measure error and speed against other programs (IMAGES=folder of pictures)
	@EXTRAS=dev,bench packaging/bootstrap.sh
	$(PYTHON) -m tests.benchmarks.quality $(if $(REFERENCES),--references $(REFERENCES)) "$(IMAGES)"
	$(PYTHON) -m tests.benchmarks.speed "$(IMAGES)"
	$(PYTHON) -m tests.benchmarks.growth "$(IMAGES)"

bundle: ## make dist/ColorQuant, a folder that runs without Python
	@EXTRAS=dev,bundle packaging/bootstrap.sh
	$(PYTHON) -m PyInstaller --noconfirm --distpath dist --workpath build packaging/colorquant.spec
	@du -sh dist/ColorQuant

clean: ## remove what was made, but not the virtual environment
	rm -rf build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
