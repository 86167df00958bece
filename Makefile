# `make serve` and `make test` do everything on a machine with Python 3.12 or newer.
# CONTRIBUTING.md says what each target provides and requires.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
export NO_MKDOCS_2_WARNING := 1
# Node and Python of the virtual environment come first, whatever the machine has.
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/node_modules/.bin:$(PATH)

PORT ?= 8000
PREFIX ?= /pipeline-playbook/
# The theme compares the address, port included, with where the site is served.
SITE_URL ?= http://localhost:$(PORT)$(PREFIX)
PYTEST_ARGUMENTS ?=
VERSION ?=
SECONDS ?= 600
SAMPLE ?= 200
SEED ?= 13

.PHONY: help serve test check bench fuzz mutants spark site release audit upkeep generators messages translations stamp lock clean FORCE
.DEFAULT_GOAL := help

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# A service worker would show an edited page as it was.
serve: export OFFLINE := false
serve: build/site.stamp ## set up, build and serve the site, and build again what is edited
	SITE_URL=$(SITE_URL) python -m tools.preview --prefix $(PREFIX) --port $(PORT)

test: check build/assets/manifest.json build/chromium.stamp build/other_browsers.stamp build/libreoffice.stamp build/hunspell.stamp ## set up and run every check and test
	python -m pytest --numprocesses 2 --dist worksteal --durations 15 $(PYTEST_ARGUMENTS)

check: build/messages.stamp build/node.stamp ## lint and type-check everything, and look for missing messages
	ruff check .
	ruff format --check .
	mypy
	tsc -p tsconfig.json
	tsc -p tsconfig.worker.json
	python -m tools.translation.translations check
	python -m tools.translation.term_check
	check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/*.yml
	zizmor --offline --quiet .github/workflows

bench: build/assets/manifest.json build/chromium.stamp ## measure boot, edits, memory, Lighthouse, calculators, search, workbooks, the analyser and the warehouse
	python -m tests.benchmarks.boot
	python -m tests.benchmarks.edits
	python -m tests.benchmarks.memory
	python -m tests.benchmarks.lighthouse
	python -m tests.benchmarks.calculators
	python -m tests.benchmarks.search
	python -m tests.benchmarks.workbooks
	python -m tests.benchmarks.analyser
	python -m tests.benchmarks.warehouse

fuzz: build/messages.stamp build/spreadsheet.stamp ## look for inputs that break a property, other ones each time: SECONDS=600
	python -m tests.fuzz --seconds $(SECONDS)

mutants: build/messages.stamp build/mutants.stamp ## break the arithmetic in a sample of places, and say which breaks no test notices: SAMPLE=200 SEED=13
	python -m tests.mutants.run --sample $(SAMPLE) --seed $(SEED)

spark: build/messages.stamp build/spark.stamp ## compare the analyser's figures with those of Spark on this machine
	PYTHONPATH=build/spark python -m pytest -n0 tests/warehouse/test_spark.py

site: build/site.stamp ## build the site into site/

release: build/python.stamp ## write wheel, checksums and notes of a release into build/release: VERSION=1.2.3
	python -m tools.release check "$(VERSION)"
	$(MAKE) site
	python -m tools.release write "$(VERSION)" site build/release

audit: build/node.stamp build/audit.stamp ## ask the registries for known faults of what is pinned
	tools/audit.sh

upkeep: build/python.stamp ## say what is due: sources seen long ago, software that ends
	python -m tools.upkeep

generators: build/site.stamp build/generators.stamp ## build the pages with what may come after MkDocs, and compare the addresses
	python -m tools.other_generators site

messages: build/python.stamp ## collect the calculators' messages into the .po files
	python -m tools.translation.translations collect

translations: build/python.stamp ## say what is translated, stale or missing, by language and section
	python -m tools.translation.translations status

stamp: build/python.stamp ## record that translations say what the English pages say now: PAGES="docs/ko/…"
	python -m tools.translation.stamp $(PAGES)

lock: build/python.stamp ## pin requirements.txt and package-lock.json anew
	uv pip compile pyproject.toml --extra workbook --extra warehouse --group site --group test --universal --python-version 3.12 \
		--generate-hashes --no-emit-index-url --no-header --upgrade --quiet --output-file requirements.txt
	echo pip-audit | uv pip compile - --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --upgrade --quiet --output-file tools/set_up/audit_requirements.txt
	for name in forks zensical; do uv pip compile tools/set_up/generators_$$name.in --universal --python-version 3.12 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --upgrade --quiet --output-file tools/set_up/generators_$$name.txt; done
	echo mutmut | uv pip compile - --constraint requirements.txt --universal --python-version 3.12 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --upgrade --quiet --output-file tools/set_up/mutants_requirements.txt
	echo 'pyspark<4.1' | uv pip compile - --universal --python-version 3.12 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --upgrade --quiet --output-file tools/set_up/spark_requirements.txt
	npm install --package-lock-only --ignore-scripts

clean: ## remove everything that was set up or built
	rm -rf .venv node_modules build site

# --- what the targets above need, made again only when its sources change ---

CALCULATORS := $(shell find calculators -name '*.py' -o -name '*.csv')
CATALOGUES := $(wildcard calculators/locale/*/LC_MESSAGES/*.po)
SCRIPTS := $(shell find overrides/assets -type f)
WRITTEN := $(shell find docs overrides -type f) mkdocs.yml

build/python.stamp: requirements.txt pyproject.toml tools/set_up/python.sh
	tools/set_up/python.sh
	mkdir -p build && touch $@

build/node.stamp: package.json package-lock.json build/python.stamp
	tools/set_up/quietly.sh "Installing the packages of package-lock.json into node_modules" \
		npm ci --ignore-scripts --no-fund --no-audit
	touch $@

build/messages.stamp: $(CATALOGUES) calculators/core/words/catalogue.py build/python.stamp
	python -m tools.translation.translations compile
	touch $@

build/spreadsheet.stamp: requirements.txt build/node.stamp tools/set_up/spreadsheet_wheel.sh
	tools/set_up/spreadsheet_wheel.sh
	touch $@

build/runtime/snapshot.bin: $(CALCULATORS) $(wildcard tools/runtime/*) overrides/assets/runtime/snapshot.js \
		overrides/assets/runtime/unpack_modules.js LICENSE build/messages.stamp build/spreadsheet.stamp
	python -m tools.runtime.bundle build/runtime

build/assets/manifest.json: tools/bundle.mjs $(SCRIPTS) build/runtime/snapshot.bin
	node tools/bundle.mjs

# Changes only when the address does, or what `serve` leaves out: a site built for one port is not served on another.
build/address: FORCE
	@mkdir -p build && (echo '$(SITE_URL) $(OFFLINE)' | cmp --silent - $@ || echo '$(SITE_URL) $(OFFLINE)' > $@)

FORCE:

build/site.stamp: $(WRITTEN) $(shell find tools -name '*.py') build/assets/manifest.json build/address
	SITE_URL=$(SITE_URL) python -m mkdocs build --quiet --clean --strict --site-dir build/site-next
	python -m tools.site_size build/site-next
	rm -rf build/site-before
	if [ -d site ]; then mv site build/site-before; fi # whoever is served the site meanwhile gets either whole
	mv build/site-next site
	rm -rf build/site-before
	touch $@

build/audit.stamp: build/python.stamp tools/set_up/audit.sh tools/set_up/audit_requirements.txt
	tools/set_up/audit.sh
	touch $@

build/generators.stamp: build/python.stamp tools/set_up/generators.sh $(wildcard tools/set_up/generators_*.txt)
	tools/set_up/generators.sh
	touch $@

build/mutants.stamp: build/python.stamp tools/set_up/mutants.sh tools/set_up/mutants_requirements.txt
	tools/set_up/mutants.sh
	touch $@

build/spark.stamp: build/python.stamp tools/set_up/spark.sh tools/set_up/spark_requirements.txt
	tools/set_up/spark.sh
	touch $@

build/chromium.stamp: build/python.stamp tools/set_up/chromium.sh
	tools/set_up/chromium.sh
	touch $@

build/other_browsers.stamp: build/python.stamp tools/set_up/other_browsers.sh
	tools/set_up/other_browsers.sh
	touch $@

build/libreoffice.stamp: build/python.stamp tools/set_up/libreoffice.sh
	tools/set_up/libreoffice.sh
	touch $@

build/hunspell.stamp: build/python.stamp tools/set_up/hunspell.sh
	tools/set_up/hunspell.sh
	touch $@
