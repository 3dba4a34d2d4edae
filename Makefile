# Everything that CI does can be done by hand with these targets.

DATA  ?= ../shared
FUZZ  ?= 5s
BROWSER ?= 1
KILLS ?= 200
SOAK  ?= 1h
EVENTS ?= 10000
BURSTS ?= 5

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1|/' | column -t -s '|'

.PHONY: build
build: ## build the program for this machine into dist/
	CGO_ENABLED=0 go build -trimpath -o dist/newsdesk ./cmd/newsdesk

# SQLite's code, translated from C, shares nothing with ours but through its driver:
# watching it too would find nothing, and takes a third of the time of what stores.
.PHONY: test
test: ## run all tests: race detector, random order, no network beyond loopback
	go test -race -gcflags='modernc.org/sqlite/lib=-race=false -dwarf=false' -shuffle=on -timeout 30m ./...

.PHONY: lint
lint: .bin/golangci-lint ## run the linters
	.bin/golangci-lint run ./...

.PHONY: fmt
fmt: .bin/golangci-lint ## format the code
	.bin/golangci-lint fmt ./...

.bin/golangci-lint: tools/go.mod tools/go.sum
	cd tools && GOBIN=$(CURDIR)/.bin go install tool

# An input that fails is kept, and fails again at once. What ends well the second
# time was a worker that was still busy when the time was up.
#
# "go test -fuzz" would compile all that a test is linked with anew, to count its
# coverage: a database too, which takes longer than all the fuzzing. Counted is what
# reads and decides.
COUNTED = newsdesk/... golang.org/x/net/html/... github.com/mmcdole/... github.com/markusmobius/... github.com/pelletier/go-toml/... github.com/kljensen/snowball/...
.PHONY: fuzz
fuzz: ## run each fuzz target for FUZZ (5s)
	@set -e; tmp=$$(mktemp -d); trap 'rm -rf "$$tmp"' EXIT; cache=$$(go env GOCACHE)/fuzz; \
	go list -f '{{.ImportPath}} {{.Dir}}' ./... | while read -r pkg dir; do \
	  targets=$$(cat "$$dir"/*_test.go 2>/dev/null | sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p'); \
	  [ -z "$$targets" ] || echo "$$pkg" "$$dir" $$targets; \
	done >"$$tmp/targets"; \
	go test -c -ldflags=-w $(COUNTED:%=-gcflags='%=-d=libfuzzer') -o "$$tmp/" $$(cut -d' ' -f1 "$$tmp/targets"); \
	while read -r pkg dir targets; do \
	  for target in $$targets; do \
	    echo "$$pkg $$target"; \
	    one() { (cd "$$dir" && "$$tmp/$${pkg##*/}.test" -test.run '^$$' -test.fuzz "^$$target\$$" -test.fuzztime $(FUZZ) -test.fuzzcachedir "$$cache/$$pkg" </dev/null); }; \
	    one || one; \
	  done; \
	done <"$$tmp/targets"

.PHONY: crash
crash: ## kill the program KILLS (200) times, at random and at each step, and count what is lost or doubled
	NEWSDESK_KILLS=$(KILLS) go test -count=1 -v -timeout 2h -run '^TestCrash' ./cmd/newsdesk

.PHONY: soak
soak: ## run the program for SOAK (1h) between feeds and a Discord that fail at random, deliver BURSTS (5) to 200 channels, render EVENTS (10000); count what is lost, doubled, refused or slow
	NEWSDESK_EVENTS=$(EVENTS) go test -count=1 -v -timeout 1h -run '^TestScripts_' ./bot
	NEWSDESK_LOAD=$(BURSTS) go test -count=1 -v -timeout 1h -run '^TestLoad_' ./internal/app
	NEWSDESK_SOAK=$(SOAK) go test -count=1 -v -timeout 48h -run '^TestSoak_' ./cmd/newsdesk

.PHONY: cover
cover: ## measure test coverage
	go test -coverprofile=cover.out -coverpkg=./... ./...
	go tool cover -func=cover.out | tail -1

.PHONY: bench
bench: ## run the benchmarks
	go test -run '^$$' -bench . -benchmem ./...

.PHONY: eval
eval: ## measure quality on the development data in DATA (../shared); ARGS=-check holds the floors
	@if [ ! -d "$(DATA)/data" ]; then echo "eval: there is no $(DATA)/data; name the folder that holds it: make eval DATA=DIR"; exit 1; fi
	go run ./eval -data "$(DATA)" $(ARGS)

.PHONY: train
train: ## fit the weights of summarizing, grouping, topics and answering anew, on the development data in DATA (../shared); takes minutes
	@if [ ! -d "$(DATA)/data" ]; then echo "train: there is no $(DATA)/data; name the folder that holds it: make train DATA=DIR"; exit 1; fi
	go run ./summarize/train -data "$(DATA)/data"
	go run ./events/train -data "$(DATA)"
	go run ./topics/train -data "$(DATA)"
	go run ./ask/train -data "$(DATA)/data"

.PHONY: browser
browser: ## test the preview page in a real browser (chromium must be installed)
	NEWSDESK_BROWSER_TEST=1 go test -count=1 -run '^TestBrowser' ./preview/...

.PHONY: golden
golden: ## rewrite the golden files; read the difference before you commit it
	go test ./... -update

.PHONY: dist
dist: ## build for all platforms into dist/
	@set -e; for p in linux/amd64 linux/arm64 linux/arm windows/amd64 darwin/arm64 freebsd/amd64; do \
	  out=dist/newsdesk-$$(echo $$p | tr / -); case $$p in windows/*) out=$$out.exe;; esac; \
	  echo $$out; CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/} go build -trimpath -ldflags "-s -w" -o $$out ./cmd/newsdesk; \
	done

.PHONY: ci
ci: ## everything: tests, linters, fuzzing, browser, a build for linux/arm64
	.ci/run
