# The daily commands. `make help` lists them.

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo devel)
BUILD   := go build -ldflags="-X main.version=$(VERSION)"
FUZZTIME ?= 60s
# How many random cases each random test has in a long check.
CHECKS  ?= 2000
# Far more than the tests of a package take: a machine may be busy with other work.
PATIENCE ?= 40m

# Everything is compiled as it is released, so that nothing has to be compiled
# twice: the program, its tests and what checks them share what they depend on.
# Only the race detector needs other code, and C.
export CGO_ENABLED = 0
export GOFLAGS += -trimpath

# The packages whose tests are not from outside.
INSIDE  := $$(go list ./... | grep -v /e2e)

.DEFAULT_GOAL := help
.PHONY: help run build dev generate test quick long check unit race process browser tools bench load fuzz screenshot clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build and serve the calculator at http://127.0.0.1:8080
	./bin/suanpan serve

build: ## build bin/suanpan
	$(BUILD) -o bin/suanpan .

dev: ## serve at http://127.0.0.1:7331, building and reloading on every change
	go tool templ generate --watch --proxy=http://127.0.0.1:8080 --open-browser=false \
		--watch-pattern='\.(go|templ|css|js|svg|yaml|json)$$' --cmd="go run . serve -rate 0"

generate: ## make the Go files of the templ files
	go tool templ generate

test: tools check unit race process browser ## install what is missing and run every test

check: ## formatting, generated code, modules, vet, staticcheck
	@test -z "$$(gofmt -l .)" || { gofmt -d .; exit 1; }
	go tool templ fmt -fail .
	./views/drift.sh
	go mod tidy -diff
	go vet ./...
	go tool staticcheck ./...

# Go runs again only what the change can touch.
quick: ## for while one works: what needs no browser and no patience
	@test -z "$$(gofmt -l .)" || { gofmt -d .; exit 1; }
	go test -short $(INSIDE)

long: tools fuzz ## what is too long for every check: random cases, the race detector on everything, loads, fuzzing
	go test -timeout 0 -vet=off $$(grep -rl --include='*_test.go' pgregory.net/rapid . | xargs -n1 dirname | sort -u) -rapid.checks $(CHECKS)
	$(RACE) $(INSIDE)
	go test -timeout 0 -vet=off -count 5 ./e2e/process
	LONG=1 go test -timeout 0 -vet=off -count 1 -run TestMany ./calc/quotes/sqlstore

unit: ## the unit tests
	go test -timeout $(PATIENCE) -vet=off -shuffle=on $(INSIDE)

# The race detector sees nothing in one goroutine: it is given the tests whose
# names end in AtOnce, to which a test holds all that start goroutines, and those
# of the stores. SQLite is C made into Go; how it handles pointers is not looked
# at, which takes its time.
RACE := CGO_ENABLED=1 go test -race -vet=off -timeout $(PATIENCE) -gcflags='modernc.org/...=-d=checkptr=0'
race: ## the tests of what runs at once, under the race detector
	$(RACE) ./calc/quotes/sqlstore
	$(RACE) -run AtOnce $$(grep -rl --include='*_test.go' 'func Test[A-Za-z]*AtOnce' . | grep -v -e /e2e/ -e /sqlstore/ | xargs -n1 dirname | sort -u)

process: ## the tests of the built program
	go test -timeout $(PATIENCE) -vet=off -count=1 ./e2e/process

browser: ## the tests in a real browser
	go test -timeout $(PATIENCE) -vet=off -count=1 ./e2e

tools: ## install what the tests need and is missing
	./e2e/install.sh

bench: ## speed and memory, as ratios to baselines of the same run
	go test -run '^$$' -bench . -benchmem ./pricing ./calc ./calc/quotes/sqlstore

load: build ## what the built program bears, as shares of a fixed handler and under floods; for an idle machine
	go run ./e2e/load

fuzz: ## run every fuzz target for FUZZTIME (60s)
	@set -e; for package in $(INSIDE); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			echo "$$package $$target"; \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$package; \
		done; \
	done

screenshot: ## take all pictures into bin/screenshots, and the README's among them
	go test -count=1 -run TestScreenshots ./e2e -screenshots $(CURDIR)/bin/screenshots
	mkdir -p doc && cp bin/screenshots/calc-en-light-desktop.png doc/

clean: ## remove what was built
	rm -rf bin
