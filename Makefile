# The commands of the house. `make help` lists them.

GO          ?= go
# What the checks are made with, at versions that build with the Go of go.mod.
# (goreleaser 2.15 and later need a newer Go 1.26 than that.)
GOLANGCI    := golangci-lint@v2.15.0
GOVULNCHECK := govulncheck@v1.9.0
GORELEASER  := goreleaser@v2.14.0
DEADCODE    := deadcode@v0.52.0

CACHE := $(CURDIR)/.cache
TOOLS := $(CACHE)/bin
FUZZTIME ?= 15s

.DEFAULT_GOAL := help
.PHONY: help build check test test-go cross lint vuln package bench bench-go bench-clients fuzz mutants screenshots tools clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

build: ## build ./glance-tui
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '-s -w' -o glance-tui .

check: ## build, vet and all tests that need nothing installed: two minutes
	$(GO) build ./...
	$(GO) vet ./...
	$(MAKE) -s test-go GOTEST=-short

test: ## check everything, the real Glance included (installs what it needs)
	@test/run.sh

# Tests that wait come first and side by side: they leave the cores to the others.
test-go: ## run the Go tests alone
	$(GO) test -p 3 -parallel 8 $(GOTEST) ./test/flow ./test/line ./test/together ./test/conformance ./...

cross: ## build the program for the systems that no test runs on
	CGO_ENABLED=0 GOOS=windows $(GO) build -o /dev/null .
	CGO_ENABLED=0 GOOS=darwin GOARCH=arm64 $(GO) build -o /dev/null .

lint: $(TOOLS)/$(GOLANGCI) $(TOOLS)/$(DEADCODE) ## look for mistakes
	@out=$$(git ls-files '*.go' | xargs gofmt -l); test -z "$$out" || { echo "gofmt would change:"; echo "$$out"; exit 1; }
	$(GO) build ./...
	$(GO) vet ./...
	"$<" run --allow-parallel-runners ./...
	@out=$$("$(TOOLS)/$(DEADCODE)" -f '{{range .Funcs}}{{$$.Path}}.{{.Name}}{{println}}{{end}}' . | grep . | grep -vxFf test/deadcode.txt); test -z "$$out" || { echo "only tests reach:"; echo "$$out"; exit 1; }

vuln: $(TOOLS)/$(GOVULNCHECK) ## look for known vulnerabilities (asks vuln.go.dev)
	"$<" ./...

package: $(TOOLS)/$(GORELEASER) ## build all archives and packages into dist/
	"$<" check
	"$<" release --snapshot --clean --skip=publish

bench: bench-go bench-clients ## measure: the parts, then the program beside other clients

bench-go: ## run the Go benchmarks
	$(GO) test -run '^$$' -bench . -benchmem ./...

# BENCH='-real 1000 -runs 3' chooses; BENCH=-help tells what there is.
bench-clients: ## measure beside curl, openstack and glance (a quarter of an hour)
	$(GO) run ./test/bench $(BENCH)

fuzz: ## give each fuzz target FUZZTIME; fails where one had hardly any inputs
	@test/fuzz.sh $(FUZZTIME)

# MUTANTS='-only state -match fsync' chooses; MUTANTS=-help tells what there is.
mutants: ## change what guards data, mistake by mistake, and see that its tests fail (an hour)
	$(GO) run ./test/mutants $(MUTANTS)

screenshots: ## make the pictures of the README in screenshots/
	@test/screens/run.sh

tools: $(TOOLS)/$(GOLANGCI) $(TOOLS)/$(GOVULNCHECK) $(TOOLS)/$(GORELEASER) $(TOOLS)/$(DEADCODE) ## build the tools for the checks

# A tool's file carries its version, so that another version is another file.
define tool
$(TOOLS)/$(1):
	GOBIN=$(TOOLS)/build $(GO) install $(2)@$(lastword $(subst @, ,$(1)))
	mv $(TOOLS)/build/$(firstword $(subst @, ,$(1))) $$@
endef
$(eval $(call tool,$(GOLANGCI),github.com/golangci/golangci-lint/v2/cmd/golangci-lint))
$(eval $(call tool,$(GOVULNCHECK),golang.org/x/vuln/cmd/govulncheck))
$(eval $(call tool,$(GORELEASER),github.com/goreleaser/goreleaser/v2))
$(eval $(call tool,$(DEADCODE),golang.org/x/tools/cmd/deadcode))

clean: ## remove what was built
	rm -rf glance-tui dist $(CACHE)
