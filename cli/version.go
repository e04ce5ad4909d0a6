package cli

import (
	"runtime"
	"runtime/debug"
	"strings"
)

// Set by the release build with -ldflags -X.
var (
	version string
	commit  string
	date    string // when the commit was made, RFC 3339
)

// versionNumber is the version alone: "1.2.0", or "development".
func versionNumber() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "development"
}

// fullVersion names the version for users, as the release build said it or as
// Go recorded it: "1.2.0 (3f2a91c, 2026-11-23), go1.26.8".
func fullVersion() string {
	revision, day := commit, date
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision" && revision == "":
				revision = s.Value
			case s.Key == "vcs.time" && day == "":
				day = s.Value
			}
		}
	}
	var details []string
	if revision != "" {
		details = append(details, revision[:min(len(revision), 7)])
	}
	if day, _, _ = strings.Cut(day, "T"); day != "" {
		details = append(details, day)
	}
	v := versionNumber()
	if len(details) > 0 {
		v += " (" + strings.Join(details, ", ") + ")"
	}
	return v + ", " + runtime.Version()
}
