#!/usr/bin/env bash
# The whole check, as `make test` calls it: gofmt, vet, linters, known
# vulnerabilities, then all Go tests against the embedded service and against a
# real Glance. It installs what it needs where it can (tools into .cache/bin,
# Debian's packages as root) and says plainly what it did not run. With CI=true,
# whatever is missing is a failure.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
exec </dev/null

server=${GLANCE_TUI_SERVER:-debian} # or pypi, the newest release
ran=() missing=() faults=()

say() { printf '\n=== %s (%s s)\n' "$1" $SECONDS; }

# check NAME COMMAND...: a part that has to pass.
check() {
	local name=$1
	shift
	say "$name"
	if "$@"; then ran+=("$name"); else faults+=("$name"); fi
}

# absent TESTS WHY: tests that cannot run here.
absent() {
	missing+=("$1: $2")
	[ "${CI:-}" != true ] || faults+=("not run: $1: $2")
}

# --- Debian's packages ---------------------------------------------------------

wanted=()
need() { command -v "$1" >/dev/null || wanted+=("${@:2}"); }
need tmux tmux
need screen screen
need curl curl
need gcc gcc libc6-dev # the race detector
if [ ${#wanted[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
	say "install ${wanted[*]}"
	install=(apt-get install -q -y --no-install-recommends "${wanted[@]}")
	export DEBIAN_FRONTEND=noninteractive
	# On a fresh machine no package is known before the second try.
	"${install[@]}" >/dev/null 2>&1 || { apt-get -q update && "${install[@]}"; } >/dev/null
fi
command -v tmux >/dev/null || absent 'the widths of characters in tmux, and the program within it' 'tmux is not installed'
command -v screen >/dev/null || absent 'the program within GNU screen' 'screen is not installed'
command -v curl >/dev/null || absent 'the measurement beside other clients, in small' 'curl is not installed'
race=-race
if [ "$(go env CGO_ENABLED)" != 1 ] || ! command -v "$(go env CC)" >/dev/null; then
	race=
	absent 'the race detector' 'it needs cgo and a C compiler'
fi

# --- the real Glance: installed while the tools are built ----------------------

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

# install_real installs the servers, one after the other: dpkg takes one at a time.
install_real() {
	local it
	for it in "$server" pypi; do
		[ ! -e "$logs/$it" ] || continue # they are the same
		test/real/glance.sh install "$it" >"$logs/$it" 2>&1
		echo $? >"$logs/$it.status"
	done
}
# installed SERVER TESTS: whether it could be installed, for these tests.
installed() {
	local status
	status=$(cat "$logs/$1.status")
	tail -n 3 "$logs/$1"
	case $status in
	0) return 0 ;;
	3) absent "$2" "$(tail -n 1 "$logs/$1")" ;;
	*) faults+=("the installation of $1's Glance") ;;
	esac
	return 1
}

given=${GLANCE_TUI_REAL:-} # somebody's own, running already
if [ -z "$given" ]; then
	install_real &
	installing=$!
fi

# --- what needs no Glance ------------------------------------------------------

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

check 'the program for other systems' make -s cross

if [ -n "$given" ]; then
	ran+=("the real Glance that GLANCE_TUI_REAL names: the tests that need it run below")
else
	say "the real Glance ($server)"
	wait "$installing"
	installing=
	if installed "$server" 'all tests against a real Glance'; then
		export GLANCE_TUI_CLIENTS=required # openstack and glance came with it
		# By hand rather than from `env`: that exports variables for clients too,
		# which would lead the tests of the configuration astray.
		if test/real/glance.sh start "${glance[@]}" --all --fresh &&
			found=$(test/real/glance.sh path "${glance[@]}") && [ -n "$found" ]; then
			export GLANCE_TUI_REAL=$found
			ran+=("a real Glance and Keystone ($server): the tests that need it run below")
		else
			faults+=('the real Glance does not start')
		fi
	fi
fi

# --- what was run, and what was not --------------------------------------------

say 'so far'
for it in ${ran[@]+"${ran[@]}"}; do echo "  passed   $it"; done
for it in ${missing[@]+"${missing[@]}"}; do echo "  NOT RUN  $it"; done
for it in ${faults[@]+"${faults[@]}"}; do echo "  FAILED   $it"; done

say 'go test'
export GLANCE_TUI_SUMMARY=$logs/summary # cases and random edits, counted by the tests
status=0
# shellcheck disable=SC2086 # an empty $race is no argument
make -s test-go GOTEST="$race -timeout 30m" || status=1

say 'what is held at 100,000 images, too many for the race detector'
go test -count=1 -timeout 10m -run 'HundredThousand' ./ui/list || status=1

# --- the newest release from PyPI, for the conformance cases -------------------

if [ -z "$given" ] && [ "$server" != pypi ] && [ -n "${GLANCE_TUI_REAL:-}" ]; then
	say 'conformance of the newest Glance (PyPI)'
	test/real/glance.sh stop "${glance[@]}" >/dev/null 2>&1 # two cores: one server at a time
	if ! installed pypi 'the newest Glance'; then
		echo "  NOT RUN  the newest Glance"
	elif test/real/glance.sh start "${newest[@]}" --all --fresh &&
		found=$(test/real/glance.sh path "${newest[@]}") && [ -n "$found" ]; then
		GLANCE_TUI_REAL=$found go test -count=1 -timeout 20m ./test/conformance \
			-run 'Test(Cases|RandomEdits|RefusedEditCostsNoData|HiddenLocation|SchemasPredict)/glance' || status=1
		test/real/glance.sh stop "${newest[@]}" >/dev/null 2>&1
	else
		faults+=('the newest Glance')
	fi
fi

if [ -s "$logs/summary" ]; then
	say 'what was tried'
	cat "$logs/summary"
fi
say 'the end'
if [ ${#faults[@]} -gt 0 ]; then
	printf 'FAILED beside the Go tests: %s\n' "$(printf '%s; ' "${faults[@]}")" >&2
	exit 1
fi
exit $status
