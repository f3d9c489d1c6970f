# The two commands of the README, and a few for daily work. Each sets up what it needs; a second run takes seconds.
PYTHON ?= python3

.PHONY: demo test check setup lock clean

demo: ## set up, read the example reports, show who says what
	@sh scripts/setup run
	@.venv/bin/selon demo

test: ## set up, then types, style, import rules and all tests
	@sh scripts/setup dev
	@sh scripts/check

setup: ## only set up, for work on Selon itself
	@sh scripts/setup dev

lock: ## write the two lock files anew from pyproject.toml
	@sh scripts/lock

clean: ## remove the environment and what tools left behind
	rm -rf .venv demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
