package client

import (
	"os"
	"testing"
)

// gophercloud's clouds.Parse looks at these by itself.
func TestMain(m *testing.M) {
	for _, name := range []string{"OS_CACERT", "OS_CERT", "OS_KEY"} {
		_ = os.Unsetenv(name)
	}
	os.Exit(m.Run())
}
