#!/usr/bin/env bash
# A real Glance with a real Keystone on loopback, for tests and for trying
# things by hand. See README.md beside this file.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=test/real/lib.sh
. "$here/lib.sh"
# shellcheck source=test/real/lib-install.sh
. "$here/lib-install.sh"
# shellcheck source=test/real/lib-run.sh
. "$here/lib-run.sh"

usage() {
	cat <<'USAGE'
usage: glance.sh COMMAND [options]

  install debian|pypi   install the servers: Debian's packages (root needed),
                        or the pinned PyPI release into a virtual environment
  start                 start Keystone, Glance and a file server
  stop                  stop what start started
  fill NUMBER           add images without data up to NUMBER, in the database of
                        the running servers: to try many of them
  status                tell what is running (exit status 1: nothing is)
  env                   print shell lines that point clients at it
  path                  print where server.json is, for GLANCE_TUI_REAL

options of start, stop, fill, status, env and path:
  --server debian|pypi  which installation (default debian)
  --dir DIR             where configuration, state and logs live
                        (default: CACHE/glance-tui-test/SERVER)
options of start:
  --with LIST           further Glance servers on the same database:
                        hidden, strict, noauth, own, required (comma-separated)
  --all                 all that the installation can have
  --fresh               throw away what an earlier start left in DIR

exit status: 0 done, 1 failed, 2 wrong usage, 3 cannot be had on this machine
USAGE
}

server=debian
dir=
variants=main
fresh=no
number=

parse_options() {
	while [ $# -gt 0 ]; do
		case $1 in
		--server | --dir | --with)
			[ $# -ge 2 ] || usage_error "$1 needs a value"
			case $1 in
			--server) server=$2 ;;
			--dir) dir=$2 ;;
			--with) variants="main ${2//,/ }" ;;
			esac
			shift
			;;
		--all) variants=all ;;
		--fresh) fresh=yes ;;
		*) usage_error "unknown option: $1" ;;
		esac
		shift
	done
	check_options
	dir=${dir:-$cache/$server}
	mkdir -p "$dir"
	dir=$(cd "$dir" && pwd)
}

check_options() {
	local variant
	case $server in
	debian | pypi) ;;
	*) usage_error "unknown server: $server (debian or pypi)" ;;
	esac
	# Only newer releases know properties that an image must have.
	[ "$variants" != all ] || variants=$all_variants
	[ "$server" = pypi ] || variants=${variants/ required/}
	for variant in $variants; do
		case " $all_variants " in
		*" $variant "*) ;;
		*) usage_error "unknown Glance server: $variant (one of $all_variants)" ;;
		esac
	done
}

usage_error() {
	printf 'glance.sh: %s\n\n' "$1" >&2
	usage >&2
	exit 2
}

main() {
	local command=${1:-}
	[ $# -gt 0 ] && shift
	case $command in
	install)
		case ${1:-} in
		debian) install_debian ;;
		pypi) install_pypi ;;
		*) usage_error 'install what? debian or pypi' ;;
		esac
		;;
	fill)
		case ${1:-} in
		'' | *[!0-9]*) usage_error 'fill up to how many? a whole number' ;;
		esac
		number=$1
		shift
		parse_options "$@"
		cmd_fill
		;;
	start | stop | status | env | path)
		parse_options "$@"
		"cmd_$command"
		;;
	help | -h | --help) usage ;;
	'') usage_error 'no command' ;;
	*) usage_error "unknown command: $command" ;;
	esac
}

main "$@"
