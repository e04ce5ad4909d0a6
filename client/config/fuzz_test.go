package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model"
)

// Whatever stands in the files, loading ends without a panic, with an error of
// the known kinds, and without quoting a line of the file.
func FuzzLoad(f *testing.F) {
	f.Add(twoClouds, "", "")
	f.Add("clouds: {a: {profile: v, auth: {username: u}, regions: [r, {name: s, values: {verify: no}}]}}", "clouds: {a: {auth: {password: p}}}", "public-clouds: {v: {auth: {auth_url: 'http://h/{region_name}'}}}")
	f.Add("clouds: &c\n  a: *c\n", "- x", "a: b: c")
	f.Add("clouds:\n  a:\n    <<: [{auth_type: none}, {image_endpoint_override: 'http://h'}]\n", "\ufeff", "\x00")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, clouds, secure, public string) {
		for name, text := range map[string]string{"clouds.yaml": clouds, "secure.yaml": secure, "clouds-public.yaml": public} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		src := Sources{Getenv: func(string) string { return "" }, Dirs: []string{dir}}
		for _, cloud := range []string{"", "a"} {
			src.Cloud = cloud
			c, err := Load(src)
			var failure *model.Failure
			var nothing *NothingConfigured
			switch {
			case err == nil:
				if c.AuthType != None && c.AuthType != TokenEndpoint {
					_, _ = c.Options()
				}
				_, _ = c.TLS()
			case errors.As(err, &failure):
				if failure.Means == "" || failure.Advice == "" || strings.ContainsRune(failure.Means, '\n') && !strings.Contains(clouds+secure+public, "\n") {
					t.Errorf("poor failure: %q %q", failure.Means, failure.Advice)
				}
			case !errors.As(err, &nothing):
				t.Errorf("unexpected error %v", err)
			}
		}
		_, _ = List(src)
	})
}
