# Everything a person or a machine needs to do with this repository; each target starts from zero.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# `make run` is for trying out: an empty database is filled with a made-up committee, whose people are signed in as with
# one click, at this machine only. DOTPHA_DEMO=0, any sign of a real server, or `dotpha serve` starts without it.
run: export DOTPHA_DEMO ?= $(if $(DOTPHA_HOSTS)$(DOTPHA_HTTPS)$(DOTPHA_PROXIES)$(DOTPHA_DATABASE_URL),0,1)

.PHONY: run test check test-postgres test-browser bench lock docs messages vendor clean

run: ## build what is missing and serve the application on http://127.0.0.1:$(PORT)
	@$(PYTHON) scripts/bootstrap.py run
	@exec $(BIN)/dotpha serve --port $(PORT)

test: dev ## the whole fast suite on SQLite
	$(BIN)/pytest -n auto

test-postgres: dev ## the same suite on a throw-away PostgreSQL
	pg_virtualenv sh -c 'DOTPHA_DATABASE_URL="postgres://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/$$PGDATABASE" $(BIN)/pytest -n auto'

test-browser: dev ## journeys in Debian's headless Chromium
	$(BIN)/pytest tests/browser -p playwright -o addopts="--strict-markers --strict-config --import-mode=importlib"

check: dev ## style, types, directions, migrations, deployment settings, templates, tests with coverage
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	DJANGO_SETTINGS_MODULE=dotpha.config.settings_test $(BIN)/python -m django makemigrations --check --dry-run
	DOTPHA_HTTPS=1 DOTPHA_SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') DOTPHA_VAR=$$(mktemp -d) \
		$(BIN)/dotpha manage check --deploy --fail-level WARNING
	git ls-files -z '*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2 --check
	$(BIN)/python scripts/write_docs.py --check
	$(BIN)/pytest -n auto --cov --cov-report=term

bench: dev ## measure speed and memory; prints the tables of docs/performance.md
	$(BIN)/python -m bench

docs: dev ## write again the pages that are generated from code
	$(BIN)/python scripts/write_docs.py

lock: dev ## resolve the locks again from pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 pyproject.toml --group dev --group build -o requirements/dev.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --group build -o requirements/build.txt

messages: ## compile what other people's code says in Vietnamese (needs gettext)
	msgfmt --check-format -o src/dotpha/locale/vi/LC_MESSAGES/django.mo src/dotpha/locale/vi/LC_MESSAGES/django.po

vendor: ## fetch the vendored front-end files again and check their hashes
	$(PYTHON) scripts/vendor.py

clean:
	rm -rf .venv var dist build .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis

.PHONY: dev
dev:
	@$(PYTHON) scripts/bootstrap.py dev
