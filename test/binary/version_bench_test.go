package binary

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// BenchmarkVersion is `glance-tui --version` (ms, median) in turn with the
// least that any Go program takes on this machine: one that prints a word.
func BenchmarkVersion(b *testing.B) {
	dir := b.TempDir()
	hello := filepath.Join(dir, "hello")
	if err := os.WriteFile(hello+".go", []byte("package main\n\nimport \"os\"\n\nfunc main() { os.Stdout.WriteString(\"hello\\n\") }\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", hello, hello+".go")
	build.Env, build.Stderr = append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
	if err := build.Run(); err != nil {
		b.Fatal(err)
	}
	run := func(name string, args ...string) float64 {
		begun := time.Now()
		if err := exec.Command(name, args...).Run(); err != nil {
			b.Fatal(err)
		}
		return float64(time.Since(begun).Microseconds()) / 1000
	}
	var ours, least, ratios []float64
	for b.Loop() {
		us, it := run(program, "--version"), run(hello)
		ours, least, ratios = append(ours, us), append(least, it), append(ratios, us/it)
	}
	median := func(all []float64) float64 {
		slices.Sort(all)
		return all[len(all)/2]
	}
	b.ReportMetric(median(ours), "ms")
	b.ReportMetric(median(least), "hello-ms")
	b.ReportMetric(median(ratios), "ratio")
}
