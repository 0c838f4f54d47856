SHELL := bash

# Every command does its own set-up: it needs a Swift 6.3 toolchain and installs the Debian packages it lacks.

# libstdc++ for the simdjson shim comes with g++.
PACKAGES := librdkafka-dev libhiredis-dev libsqlite3-dev libsimdjson-dev libyaml-dev zlib1g-dev redis-server gnuplot-nox pkg-config g++

# Release and checks have build folders of their own, so that they can run at the same time. Tests and lint share
# theirs, with the same flags: nothing is compiled twice.
RELEASE := -c release --product streamctl
CHECKS := --scratch-path .build/checks -Xswiftc -warnings-as-errors --explicit-target-dependency-import-check error

# For the program: make demo ARGS='--limit 10k'
ARGS :=

# For what goes by chance: a number repeats a run, `new` makes a fresh one. What is chosen is printed.
SEED := 1
KILLS := 20
EVENTS := 100000
SEEDS := 2000
FUZZ_SECONDS := 60
SANITIZERS := thread address

.DEFAULT_GOAL := help
.PHONY: help setup build test sim crashtest fuzz sanitize demo bench allocations loadtest compare lint clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the Debian packages that are missing
	@scripts/setup $(PACKAGES)

build: setup ## Build the program: .build/release/streamctl
	swift build $(RELEASE)

test: setup ## Run all tests, with servers of their own
	swift test $(CHECKS)

# A test's seed stands in the line of its failure; SEED=that SEEDS=1 repeats it.
sim: setup ## Simulate processes that are killed, with many seeds (SEED, SEEDS); the failing ones are printed
	@status=0; log=$$(mktemp); FRESHET_SEED=$(SEED) FRESHET_SEEDS=$(SEEDS) \
		swift test $(CHECKS) --filter SimulationTests >$$log 2>&1 || status=$$?; \
	grep -E '^(✘|✔) (Test|Suite)|error:' $$log | grep -v 'test cases\? started'; \
	echo "failing seeds: $$(grep -oE 'seed → [0-9]+' <(grep 'recorded an issue' $$log) | sort -u | grep -oE '[0-9]+' | tr '\n' ' ')"; \
	rm -f $$log; exit $$status

crashtest: build ## Kill the program at random moments; it must end like one that ran unbroken (SEED, KILLS, EVENTS)
	FRESHET_PROGRAM=$(CURDIR)/.build/release/streamctl FRESHET_SEED=$(SEED) FRESHET_KILLS=$(KILLS) \
		FRESHET_EVENTS=$(EVENTS) swift test $(CHECKS) --filter KilledProgramTests

fuzz: setup ## Feed random bytes to what reads events, files and state, for FUZZ_SECONDS each; prints what it finds
	scripts/fuzz $(FUZZ_SECONDS)

sanitize: setup ## Run the tests with ThreadSanitizer, then with AddressSanitizer, but for those of the program
	scripts/sanitize $(SANITIZERS)

demo: build ## Stream real ratings through an embedded Kafka into a private Redis
	.build/release/streamctl demo $(ARGS)

bench: build ## Measure how fast each part is; wants a quiet machine
	swift build -c release --product freshet-allocations
	.build/release/streamctl bench $(ARGS)

allocations: build ## Fail where a part allocates memory more often than loadtest/allocations.txt allows
	swift build -c release --product freshet-allocations
	.build/release/streamctl bench --limits loadtest/allocations.txt --runs 3

# For another scenario or rate: make loadtest ARGS='burst --plots charts'
loadtest: build ## Measure how fresh the lists are under load, for twenty seconds
	.build/release/streamctl loadtest $(or $(ARGS),steady --duration 20s)

# The peers live in a Python environment of their own; LIBMF is compiled with AVX, as its authors advise.
compare: build ## Measure beside other programs (ARGS='quality speed --write')
	@scripts/setup python3-venv g++
	@test -x .build/compare/venv/bin/python || { python3 -m venv .build/compare/venv && \
		CFLAGS='-O3 -mavx -DUSEAVX' .build/compare/venv/bin/pip install --quiet \
			--no-binary libmf -r loadtest/compare/requirements.txt || { rm -rf .build/compare/venv; exit 1; }; }
	.build/compare/venv/bin/python loadtest/compare/compare.py $(ARGS)

lint: setup ## Check formatting, warnings, imports, settings and topic files
	swift format lint --strict --recursive Package.swift Sources Tests Fuzz
	swift build --build-tests $(CHECKS)
	.build/checks/debug/streamctl lint

clean: ## Remove everything that was built
	rm -rf .build
