# make demo   set up, make up a district, decide it, say where to look
# make test   set up, run every test
# make check  lint, types, import contracts

PYTHON := $(shell for p in python3.11 python3.12 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' >/dev/null 2>&1 && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/ready

.PHONY: demo test check lock bench clean

demo: $(READY)
	@rm -rf demo/dossier
	$(BIN)/eligibility simulate --persons 15485 --seed 1 --out demo/dossier
	$(BIN)/eligibility run demo/dossier --rules rules/km-reform --as-of 2022-10-31 --out demo/out
	@echo
	@echo "打开 / open: demo/out/report.html   demo/out/review_queue.xlsx   demo/out/decisions.xlsx"

test: $(READY)
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python -m bench

lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-annotate --no-header --output-file requirements.lock

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "[python_version] 需要 Python 3.11 或 3.12（durable-rules 在 3.13 上无法导入）/ needs Python 3.11 or 3.12: durable-rules does not import on 3.13"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $(READY)

clean:
	rm -rf .venv demo build
