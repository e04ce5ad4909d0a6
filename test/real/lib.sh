# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the parts share variables
# What the other parts of glance.sh share: places, messages, processes.

cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/glance-tui-test

readonly exit_impossible=3

say() { printf 'real glance: %s\n' "$*" >&2; }

die() {
	say "$*"
	exit 1
}

# For what this machine cannot do, as against what went wrong.
impossible() {
	say "$*"
	exit "$exit_impossible"
}

# has COMMAND... tells whether this machine has all of them.
has() { command -v "$@" >/dev/null && [ "$(command -v "$@" | wc -l)" = $# ]; }

# render TEMPLATE VARIABLE... prints TEMPLATE with each @VARIABLE@ filled in.
render() {
	local text name
	text=$(<"$1")
	shift
	for name in "$@"; do
		text=${text//"@$name@"/"${!name}"}
	done
	case $text in
	*@[a-z]*@*) die "a template has a placeholder that nothing fills" ;;
	esac
	printf '%s\n\n' "$text"
}

# Processes. A pid file holds the process id and the time the kernel says it
# started, so that an id that was given to another program since is never taken
# for ours.

start_time() {
	local stat
	stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
	# The second field may hold anything, also blanks: cut behind its ")".
	stat=${stat##*) }
	# shellcheck disable=SC2086
	set -- $stat
	[ "$1" != Z ] || return 1
	printf '%s\n' "${20}"
}

pid_of() {
	local pid started
	read -r pid started 2>/dev/null <"$dir/run/$1.pid" || return 1
	[ "$(start_time "$pid")" = "$started" ] || return 1
	printf '%s\n' "$pid"
}

is_up() { pid_of "$1" >/dev/null; }

# launch NAME COMMAND... starts COMMAND in a session of its own with a clean
# environment; NAME=VALUE words before the command go into that environment.
launch() {
	local name=$1 pid
	shift
	mkdir -p "$dir/run" "$dir/log"
	setsid env -i HOME="$dir/state" LANG=C.UTF-8 PATH="$server_path" "$@" \
		</dev/null >>"$dir/log/$name.log" 2>&1 9>&- &
	pid=$!
	printf '%s %s\n' "$pid" "$(start_time "$pid")" >"$dir/run/$name.pid"
}

# halt NAME... stops each with all its children, and waits for the end.
halt() {
	local name
	for name in "$@"; do
		signal TERM "$name"
	done
	for name in "$@"; do
		wait_gone "$name" 100 || signal KILL "$name"
		wait_gone "$name" 50 || say "$name does not stop"
		rm -f "$dir/run/$name.pid"
	done
}

signal() {
	local pid
	pid=$(pid_of "$2") || return 0
	kill "-$1" -- "-$pid" 2>/dev/null || true
}

wait_gone() {
	local tenths=$2
	while is_up "$1"; do
		[ "$tenths" -gt 0 ] || return 1
		tenths=$((tenths - 1))
		sleep 0.1
	done
}

show_log() {
	say "the end of $dir/log/$1.log:"
	tail -n 25 "$dir/log/$1.log" >&2 || true
}

# One command at a time works on a folder; further ones wait for it.
lock_dir() {
	exec 9>"$dir/lock"
	flock -w 180 9 || die "another glance.sh has been busy in $dir for three minutes"
}
