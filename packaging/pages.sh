#!/bin/sh
# Writes the manual page and the completions for the packages to
# .cache/package. usage: pages.sh VERSION COMMIT-DATE
set -eu
cd "$(dirname "$0")/.."
out=.cache/package
program=$out/glance-tui
cli=github.com/glance-tui/glance-tui/cli
mkdir -p "$out"
CGO_ENABLED=0 go build -trimpath -ldflags "-X $cli.version=$1 -X $cli.date=$2" -o "$program" .
"$program" man | gzip -9 -n >"$out/glance-tui.1.gz"
for shell in bash zsh fish; do
	"$program" completion "$shell" >"$out/glance-tui.$shell"
done
rm "$program"
