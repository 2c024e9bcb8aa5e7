# What CI runs is what you run: make test, make lint, make bench.

GO ?= go
# Many test binaries share one PostgreSQL, started for them when it is installed.
WITH_POSTGRES = $(GO) run ./db/dbtest/withpostgres
# The race detector, when a C compiler is there. It leaves out SQLite itself, which is C translated
# to Go, locks for itself and takes four times as long when every access of its memory is watched,
# and scrypt, which has no goroutines and takes ten times as long.
UNWATCHED = -gcflags='modernc.org/sqlite/lib=-race=false' -gcflags='golang.org/x/crypto/scrypt=-race=false'
RACE = $(if $(filter 1,$(shell $(GO) env CGO_ENABLED)),-race $(UNWATCHED))

.PHONY: check test browser lint bench bench-million walks fuzz security build release

build: ## the binary, in the working folder; with the flags of go run and go test, so that they share what is compiled
	$(GO) build -o gorgon ./cmd/gorgon

check: ## what to run while working: vet, and the tests on SQLite, the long ones in short
	$(GO) vet ./...
	GORGON_TEST_POSTGRES=none $(GO) test -short ./...

test: ## every test on SQLite and PostgreSQL, with the race detector when a C compiler is there
	$(GO) vet ./...
	$(WITH_POSTGRES) $(GO) test $(RACE) -timeout 40m ./...

browser: ## the explorer and Medusa's dashboard in Chromium, on SQLite and PostgreSQL
	$(WITH_POSTGRES) $(GO) test -count=1 -v -timeout 30m -run '^(TestExplorer|TestDashboard)$$' ./e2e

lint: ## golangci-lint, pinned in tools/go.mod
	$(GO) tool -modfile=tools/go.mod golangci-lint run

bench: ## ours against SQL by hand: a table, bench/results.json and bench/results.svg
	$(WITH_POSTGRES) $(GO) run ./bench

bench-million: ## only the cases of a million orders; their results replace those in bench/results.json
	$(WITH_POSTGRES) $(GO) run ./bench -million

walks: ## orders through random operations, 100,000 on each database or WALKS=n; adds to docs/walks-results.txt
	$(WITH_POSTGRES) ./tools/walks.sh $(or $(WALKS),100000)

fuzz: ## every fuzz target for a while: make fuzz TIME=1m
	./tools/fuzz.sh $(or $(TIME),10s)

security: ## the tests of security at full size; writes docs/security-results.txt
	./tools/security.sh

release: ## static binaries for Linux, macOS and Windows, and their checksums, in dist/
	GO="$(GO)" ./tools/release.sh
