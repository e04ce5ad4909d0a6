#!/usr/bin/env bash
# Makes the pictures of the README: installs what it needs (Debian's packages
# where this is root and they are missing, npm packages by the lock file),
# builds the program and plays the story. Further arguments go to shots.mjs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$here/../.."

missing=()
need() { # need PACKAGE: a test that it is there follows
	local package=$1
	shift
	"$@" >/dev/null 2>&1 || missing+=("$package")
}
need nodejs command -v node
need npm command -v npm
need ffmpeg command -v ffmpeg
need chromium test -n "${CHROMIUM:-$(command -v chromium || command -v google-chrome || true)}"
need fonts-jetbrains-mono sh -c 'fc-list | grep -q JetBrainsMono'
need fonts-noto-cjk sh -c 'fc-list :lang=ja | grep -q .' # for the wide names

if [ ${#missing[@]} -gt 0 ]; then
	if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
		echo "screenshots: install these first: ${missing[*]}" >&2
		exit 1
	fi
	apt-get update -q
	DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" </dev/null
fi

npm ci --prefix "$here" --no-audit --no-fund --silent </dev/null
go build -trimpath -o glance-tui .
exec node "$here/shots.mjs" "$@" </dev/null
