# Two commands to know: `make run` and `make test`. Both prepare the machine by themselves on a fresh clone.
BIN := .venv/bin
.PHONY: run test check types bench faults lock screenshots messages

run:
	@./congso run

# -n 2: two databases side by side; more only helps on larger machines (WORKERS=4 make test).
WORKERS ?= 2
test:
	@./congso setup --tests
	@$(BIN)/pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder -m "not bench" $(ARGS)

check:
	@./congso setup --tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYTHONPATH=src:. $(BIN)/lint-imports --no-cache
	@$(MAKE) --no-print-directory types
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements/base.txt

# The type checker reads the settings, which want an installation's keys and address.
types:
	@./congso setup --tests
	DATA_DIR=.data-test/main ./congso with $(BIN)/mypy

bench:
	@./congso setup --tests
	PYTHONPATH=src:. $(BIN)/python -m tests.performance.bench $(ARGS)

faults:
	@./congso setup --tests
	FAULTS=50 AXE=full SCHEMA_EXAMPLES=100 $(BIN)/pytest -m faults --timeout 0 tests/faults tests/worlds tests/attacks tests/accessibility \
		src/congso/kernel/journal src/congso/kernel/exchange src/congso/lib/edxml src/congso/apps/voting $(ARGS)

# The pictures of the docs, taken while the journeys walk.
screenshots:
	@./congso setup --tests
	SCREENSHOTS=1 $(BIN)/pytest tests/journeys tests/two_instances $(ARGS)

# After a change of requirements/*.in.
lock:
	$(BIN)/uv pip compile --generate-hashes --no-header --no-emit-index-url --no-annotate --quiet \
		requirements/base.in -o requirements/base.txt
	$(BIN)/uv pip compile --generate-hashes --no-header --no-emit-index-url --no-annotate --quiet \
		requirements/dev.in -o requirements/dev.txt

# After marking a sentence with gettext: brings it into the English catalogue, where its English is then written.
CATALOGUE := locale/en/LC_MESSAGES/django
messages:
	@./congso setup
	cd src && PYTHONPATH=..:. ../$(BIN)/pybabel -q extract --mapping-file ../locale/extract.cfg --no-location --sort-output \
		-k gettext_lazy -k _lazy -k _now -k _t -k ngettext_lazy:1,2 -k pgettext_lazy:1c,2 --omit-header -o ../$(CATALOGUE).pot .
	$(BIN)/pybabel -q update --locale en --input-file $(CATALOGUE).pot --output-file $(CATALOGUE).po \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 120
	@rm $(CATALOGUE).pot
	$(BIN)/pybabel -q compile --locale en --input-file $(CATALOGUE).po --output-file $(CATALOGUE).mo
