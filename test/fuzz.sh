#!/usr/bin/env bash
# Runs each fuzz target of the module for a while and says how many inputs it had.
# A target that hardly runs finds nothing: below a bound that is a failure.
# usage: fuzz.sh [TIME]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
time=${1:-15s}
least=20 # inputs a second; the slowest target has some 300 on an idle machine

# inputs prints how many inputs a target had, and how many it should have had since
# Go was through with those that it knew already.
inputs() {
	awk -v least=$least '/^fuzz: elapsed: / {
		time = $3; sub(/,$/, "", time); n = split(time, part, /[hms]/); seconds = 0
		for (i = 1; i < n; i++) seconds = 60 * seconds + part[i]
		if (/gathering/) begun = seconds; else had = $5
	} END { bound = int(least * (seconds - begun)); print had + 0, (bound > 0 ? bound : 1) }'
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
targets=0 slow=()
for package in $(go list ./...); do
	for name in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
		targets=$((targets + 1))
		echo "== $package $name"
		# Go would spend up to a minute on making each new input smaller, most often the
		# very first one, and try no others meanwhile.
		go test -run '^$' -fuzz "^$name\$" -fuzztime "$time" -fuzzminimizetime 5x "$package" | tee "$log"
		read -r had bound < <(inputs <"$log")
		echo "$had inputs"
		[ "$had" -ge "$bound" ] || slow+=("$package $name: $had inputs, fewer than $bound")
	done
done
echo "$targets fuzz targets, $time each"
if [ ${#slow[@]} -gt 0 ]; then
	printf 'FAILED: %s\n' "${slow[@]}" >&2
	exit 1
fi
