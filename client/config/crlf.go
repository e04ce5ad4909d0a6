package config

import (
	"slices"
	"strings"
)

// An openrc file that was edited on Windows gives every variable a carriage
// return at its end, which no screen shows: the password is wrong, the host
// unknown, the cloud not configured.

// fileVariables are the variables that name files or the cloud.
var fileVariables = []string{"OS_CLOUD", "OS_CLIENT_CONFIG_FILE", "OS_CLIENT_SECURE_FILE", "OS_CLIENT_VENDOR_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"}

// carriageReturn is the failure for settings with such an end, nil where there
// are none. Of variables without effect (see Load) it says nothing.
func (s Sources) carriageReturn(l layer) error {
	odd := func(value string) bool { return strings.HasSuffix(value, "\r") }
	var names []string
	for _, name := range fileVariables {
		if odd(s.env(name)) {
			names = append(names, name)
		}
	}
	variables := len(names) > 0
	for _, setting := range settings {
		if !odd(l[setting.Key]) {
			continue
		}
		name := "--" + setting.Flag()
		if i := slices.IndexFunc(setting.Env, func(v string) bool { return s.env(v) == l[setting.Key] }); i >= 0 {
			name, variables = setting.Env[i], true
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return nil
	}
	means := strings.Join(names, ", ") + " end with a carriage return (\\r)"
	if len(names) == 1 {
		means = names[0] + " ends with a carriage return (\\r)"
	}
	advice := "take it out of the value"
	if variables {
		advice = "the openrc file has the line endings of Windows: convert it with `dos2unix FILE` or `sed -i 's/\\r$//' FILE`, and source it again"
	}
	return fail(means, advice, nil)
}
