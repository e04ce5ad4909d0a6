#!/usr/bin/env bash
# The whole check, as `make test` and .ci/run call it: gofmt, vet, linters,
# known vulnerabilities, the packages, then all Go tests against the embedded
# service and against a real Glance. It installs what it needs where it can
# (tools into .cache/bin, Debian's packages as root) and says plainly what it
# did not run. With CI=true, a real Glance that is missing is a failure.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
exec </dev/null

server=${GLANCE_TUI_SERVER:-debian} # or pypi, the newest release
ran=() missing=() faults=()
begun=$SECONDS

say() { printf '\n=== %s (%s s)\n' "$1" $((SECONDS - begun)); }

# check NAME COMMAND...: a part that has to pass.
check() {
	local name=$1
	shift
	say "$name"
	if "$@"; then ran+=("$name"); else faults+=("$name"); fi
}

# packages installs Debian's packages; on a fresh machine nothing is known of any
# before the second try.
packages() {
	export DEBIAN_FRONTEND=noninteractive
	apt-get install -q -y --no-install-recommends "$@" >/dev/null ||
		{ apt-get -q update && apt-get install -q -y --no-install-recommends "$@"; } >/dev/null
}

# --- a terminal that is not ours ----------------------------------------------

if ! { command -v tmux && command -v screen && command -v curl; } >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	say 'install tmux and screen, in which the program is drawn, and curl, beside which it is measured'
	packages tmux screen curl
fi
command -v tmux >/dev/null || missing+=('the widths of characters in tmux, and the program within it: it is not installed')
command -v screen >/dev/null || missing+=('the program within GNU screen: it is not installed')
command -v curl >/dev/null || missing+=('the measurement beside other clients, in small: curl is not installed')

# --- the race detector needs a C compiler ------------------------------------

race=-race
if ! command -v gcc >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	say 'install gcc for the race detector'
	packages gcc libc6-dev
fi
if [ "$(go env CGO_ENABLED)" != 1 ] || ! command -v "$(go env CC)" >/dev/null; then
	race=
	missing+=('the race detector: it needs cgo and a C compiler')
fi

# --- the real Glance: installed while the tools are built --------------------

logs=$(mktemp -d)
newest=(--server pypi --dir "$PWD/.cache/real-pypi")
glance=(--server "$server" --dir "$PWD/.cache/real-$server") # apart from one that somebody runs by hand
# shellcheck disable=SC2317 # the trap calls it
stop() {
	[ -z "${installing:-}" ] || kill "$installing" 2>/dev/null
	if [ -n "${GLANCE_TUI_REAL:-}" ] && [ -z "${given:-}" ]; then
		test/real/glance.sh stop "${glance[@]}" >/dev/null 2>&1
		test/real/glance.sh stop "${newest[@]}" >/dev/null 2>&1
	fi
	rm -rf "$logs"
}
trap stop EXIT
trap 'exit 130' INT TERM

given=${GLANCE_TUI_REAL:-} # somebody's own, running already
if [ -z "$given" ]; then
	test/real/glance.sh install "$server" >"$logs/install" 2>&1 &
	installing=$!
fi

say 'build the tools for the checks'
make -s tools || faults+=('the tools')

check 'gofmt, go vet and golangci-lint' make -s lint

say 'known vulnerabilities'
make -s vuln >"$logs/vuln" 2>&1
status=$?
cat "$logs/vuln"
if [ $status = 0 ]; then
	ran+=('govulncheck')
elif grep -q 'fetching vulnerabilities' "$logs/vuln"; then
	missing+=('govulncheck: its database (vuln.go.dev) cannot be reached from here')
else
	faults+=('govulncheck')
fi

check 'goreleaser: configuration and a snapshot of all packages' make -s package

if [ -z "$given" ]; then
	say "the real Glance ($server)"
	wait "$installing"
	status=$?
	installing=
	cat "$logs/install"
	if [ $status = 0 ]; then
		export GLANCE_TUI_CLIENTS=required # openstack and glance came with it
		# By hand rather than from `env`: that exports variables for clients too,
		# which would lead the tests of the configuration astray.
		if test/real/glance.sh start "${glance[@]}" --all --fresh &&
			found=$(test/real/glance.sh env "${glance[@]}" | sed -n 's/^export GLANCE_TUI_REAL=//p') && [ -n "$found" ]; then
			eval "export GLANCE_TUI_REAL=$found"
			ran+=("a real Glance and Keystone ($server): the tests that need it run below")
		else
			faults+=('the real Glance does not start')
		fi
	elif [ $status = 3 ]; then
		missing+=("all tests against a real Glance: $(tail -n 1 "$logs/install")")
		[ "${CI:-}" != true ] || faults+=('no real Glance on this machine')
	else
		faults+=('the installation of the real Glance')
	fi
else
	ran+=("the real Glance that GLANCE_TUI_REAL names: the tests that need it run below")
fi

# --- what was run, and what was not ------------------------------------------

say 'so far'
for it in ${ran[@]+"${ran[@]}"}; do echo "  passed   $it"; done
for it in ${missing[@]+"${missing[@]}"}; do echo "  NOT RUN  $it"; done
for it in ${faults[@]+"${faults[@]}"}; do echo "  FAILED   $it"; done

say 'go test'
export GLANCE_TUI_SUMMARY=$logs/summary # cases and random edits, counted by the tests
# Those that share the one real Glance run one after another: its SQLite takes
# no crowd (a locked database shows as a 500, or as an image deleted twice).
mapfile -t shared < <(go list -f '{{.ImportPath}} {{join .TestImports " "}} {{join .XTestImports " "}}' ./... |
	awk '/ [^ ]*\/test\/real( |$)/ { print $1 }')
mapfile -t others < <(go list ./... | grep -vxF "$(printf '%s\n' "${shared[@]}")")
status=0
# shellcheck disable=SC2086 # an empty $race is no argument
go test $race -timeout 20m "${others[@]}" || status=1
# shellcheck disable=SC2086
go test $race -timeout 20m -p 1 "${shared[@]}" || status=1

say 'what is held at 100,000 images, too many for the race detector'
go test -count=1 -timeout 10m -run 'HundredThousand' ./ui/list || status=1

# --- the newest release from PyPI, for the conformance cases -----------------

if [ -z "$given" ] && [ "$server" != pypi ] && [ -n "${GLANCE_TUI_REAL:-}" ]; then
	say 'conformance of the newest Glance (PyPI)'
	test/real/glance.sh stop "${glance[@]}" >/dev/null 2>&1 # two cores: one server at a time
	test/real/glance.sh install pypi >"$logs/install" 2>&1
	installed=$?
	tail -n 2 "$logs/install"
	if [ $installed = 3 ]; then
		echo "  NOT RUN  the newest Glance: $(tail -n 1 "$logs/install")"
		[ "${CI:-}" != true ] || faults+=('no newest Glance on this machine')
	elif [ $installed = 0 ] && test/real/glance.sh start "${newest[@]}" --all --fresh &&
		found=$(test/real/glance.sh path "${newest[@]}") && [ -n "$found" ]; then
		GLANCE_TUI_REAL=$found go test -count=1 -timeout 20m ./test/conformance \
			-run 'Test(Cases|RandomEdits|RefusedEditCostsNoData|HiddenLocation|SchemasForetell)/glance' || status=1
		test/real/glance.sh stop "${newest[@]}" >/dev/null 2>&1
	else
		faults+=('the newest Glance')
	fi
fi

if [ -s "$logs/summary" ]; then
	say 'what was tried'
	cat "$logs/summary"
fi
if [ ${#faults[@]} -gt 0 ]; then
	printf 'FAILED beside the Go tests: %s\n' "$(printf '%s; ' "${faults[@]}")" >&2
	exit 1
fi
exit $status
