#!/usr/bin/env bash
# Runs the check on a fresh machine: Debian's base system with git, make, gcc and this
# machine's Go, made by debootstrap, and a clone of what is committed. Nothing but
# that and the network is there. As root, on Linux.
#
# usage: fresh.sh DIR [COMMAND...]   the command is `make test` unless given
#   FRESH_SUITE   Debian's release; bookworm
#   FRESH_MIRROR  where debootstrap has its packages from; its own choice
#   FRESH_FILES   files of this machine that its network needs there as well, such as
#                 certificates
set -euo pipefail
dir=${1:?usage: fresh.sh DIR [COMMAND...]}
shift
[ $# -gt 0 ] || set -- make test
source=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
home=/srv/glance-tui

if [ ! -e "$dir/etc/debian_version" ]; then
	debootstrap --variant=minbase --include=ca-certificates,gcc,git,libc6-dev,make \
		"${FRESH_SUITE:-bookworm}" "$dir" ${FRESH_MIRROR:+"$FRESH_MIRROR"}
fi
dir=$(cd "$dir" && pwd)
for file in /etc/hosts /etc/resolv.conf ${FRESH_FILES:-}; do
	mkdir -p "$dir${file%/*}"
	cp -L "$file" "$dir$file"
done
rm -rf "$dir$home"
git clone -q "$source" "$dir$home"
mkdir -p "$dir/usr/local/go"

export dir home goroot CI=true
goroot=$(go env GOROOT)
# Mounts and processes of its own: both end with the command.
exec unshare --mount --pid --fork --kill-child bash -euc '
	mount --bind "$goroot" "$dir/usr/local/go"
	mount --rbind /dev "$dir/dev"
	mount -t proc proc "$dir/proc"
	keep=()
	for name in CI GOPROXY GOFLAGS GOTOOLCHAIN http_proxy https_proxy no_proxy; do
		[ -z "${!name:-}" ] || keep+=("$name=${!name}")
	done
	exec chroot "$dir" env -i HOME=/root LANG=C.UTF-8 PATH=/usr/local/go/bin:/usr/sbin:/usr/bin:/sbin:/bin "${keep[@]}" \
		bash -c "cd $home && time \"\$@\"" bash "$@"
' bash "$@"
