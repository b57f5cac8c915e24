# Short names for the scripts; nothing here is needed to use or test synlint.
.PHONY: demo test setup format docs bench
demo: ; @scripts/demo
test: ; @scripts/test
setup: ; @scripts/setup dev
format: setup
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
docs: setup # writes the generated parts: the schemas, the rule pages, README's rule table and screen, the pictures of the docs
	.venv/bin/python -m synlint.schema.generate
	.venv/bin/synlint rules docs docs/rules --readme README.md
	.venv/bin/python scripts/readme_screen.py
	.venv/bin/python scripts/review_screens.py
	.venv/bin/python scripts/template_screens.py
bench: setup
	.venv/bin/python benchmarks/bench_check.py
	.venv/bin/python benchmarks/bench_corpora.py
