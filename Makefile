# make demo   set up, make up a district, decide it, say where to look
# make workbench  the workbench on a made-up district with five made-up officers; prints where to open it
# make test   set up, run every test
# make browser-test  the tests of the workbench in Chromium, if it is on this machine
# make prove  prove every rulebook: no gap, no dead clause, no trap; about a minute of a processor
# make check  lint, types, import contracts
# make wheel-test  build the wheel, install it elsewhere, decide with it
# make docs   build the documentation into build/site, which needs no network
# make reference  write the pages of docs/reference anew from the program
# make spark-test  decide 200,000 persons on Spark and on DuckDB and compare every file (SPARK_PERSONS=2000: a minute)

PYTHON := $(shell for p in python3.11 python3.12 python3; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' >/dev/null 2>&1 && echo $$p && break; done)
BIN := .venv/bin
READY := .venv/ready

SPARK_PERSONS := 200000
UV_COMPILE = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header
EXTRA = $(BIN)/python -c "import sys, tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies'][sys.argv[1]], sep='\n')"

.PHONY: prove prove-extra workbench browser-extra browser-test wheel-test demo test check docs reference lock bench bench-extra spark-extra spark-test clean

demo: $(READY)
	@rm -rf demo/dossier
	$(BIN)/eligibility simulate --persons 15485 --seed 1 --out demo/dossier
	$(BIN)/eligibility run demo/dossier --rules rules/km-reform --as-of 2022-10-31 --out demo/out
	@echo
	@echo "打开 / open: demo/out/report.html   demo/out/review_queue.xlsx   demo/out/decisions.xlsx"

workbench: $(READY)
	$(BIN)/python -m bench.workbench_demo demo/workbench

browser-extra: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-browser.lock

browser-test: browser-extra
	$(BIN)/python -m pytest -n 0 -rs tests/web/test_browser.py

test: $(READY)
	$(BIN)/python -m pytest -n 2

prove-extra: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-prove.lock

# a claim that fails, or that could not be proved in time, fails the target
prove: prove-extra
	$(BIN)/eligibility rules prove rules

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# a wheel, installed where there is no checkout, decides a district by the rulebook it carries
wheel-test: $(READY)
	rm -rf build dist
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	rm -rf build/away && $(PYTHON) -m venv build/away/venv
	build/away/venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	build/away/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps dist/*.whl
	cd build/away && venv/bin/eligibility simulate --persons 600 --seed 1 --out dossier \
		&& venv/bin/eligibility run dossier --as-of 2022-10-31 --out out && venv/bin/eligibility rules copy copy \
		&& venv/bin/eligibility rules check copy/rules && venv/bin/eligibility spec \
		&& venv/bin/python -c "import eligibility, pathlib; assert 'away' in eligibility.__file__; print(eligibility.open_run('out').outcomes())"

# beside the other tools, never among them: the program and its tests do not need what builds pages
docs: build/docs-ready
	NO_MKDOCS_2_WARNING=1 build/docs-env/bin/mkdocs build --strict
	@echo "打开 / open: build/site/index.html"

build/docs-ready: requirements-docs.lock
	@test -n "$(PYTHON)" || { echo "[python_version] 需要 Python 3.11 或 3.12 / needs Python 3.11 or 3.12"; exit 2; }
	@mkdir -p build
	$(PYTHON) -m venv build/docs-env
	build/docs-env/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-docs.lock
	@touch build/docs-ready

reference: $(READY)
	$(BIN)/python -m bench.reference
	$(BIN)/python -m bench.findings > docs/findings.md.new && mv docs/findings.md.new docs/findings.md

bench: bench-extra
	$(BIN)/python -m bench

bench-extra: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock

spark-extra: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock

spark-test: spark-extra
	@command -v java >/dev/null || test -n "$$JAVA_HOME" || { echo "[java_missing] 没有 Java，Spark 测试未运行 / no Java: Spark was not tested"; exit 2; }
	ELIGIBILITY_SPARK_PERSONS=$(SPARK_PERSONS) $(BIN)/python -m pytest tests/spark

lock: $(READY)
	$(BIN)/python -m pip install --quiet uv
	$(UV_COMPILE) pyproject.toml --extra dev --output-file requirements.lock
	$(EXTRA) bench | $(UV_COMPILE) --constraint requirements.lock - --output-file requirements-bench.lock
	$(EXTRA) spark | $(UV_COMPILE) - --output-file requirements-spark.lock
	$(EXTRA) docs | $(UV_COMPILE) - --output-file requirements-docs.lock
	$(UV_COMPILE) pyproject.toml --extra web --constraint requirements.lock --output-file requirements-web.lock
	$(EXTRA) prove | $(UV_COMPILE) --constraint requirements.lock - --output-file requirements-prove.lock
	$(EXTRA) browser | $(UV_COMPILE) --constraint requirements.lock - --output-file requirements-browser.lock

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "[python_version] 需要 Python 3.11 或 3.12（durable-rules 在 3.13 上无法导入）/ needs Python 3.11 or 3.12: durable-rules does not import on 3.13"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $(READY)

clean:
	rm -rf .venv demo build
