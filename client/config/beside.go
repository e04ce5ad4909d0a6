package config

import (
	"slices"
	"strings"
)

// What stands in variables beside a named cloud. The openstack client lets
// OS_USERNAME, OS_PASSWORD and OS_AUTH_URL win over clouds.yaml, but not
// OS_PROJECT_NAME, so that an openrc file of another cloud sends that cloud's
// user to that cloud's Keystone under this one's name; openstacksdk itself
// takes none of them. See docs/decisions/0020-variables-beside-a-named-cloud.md.

// stranger reports whether a layer of variables is for another identity
// service or another user than a cloud: its secrets are not for this one.
func (l layer) stranger(cloud layer) bool {
	differs := func(key string) bool {
		return l[key] != "" && cloud[key] != "" && !same(key, l[key], cloud[key])
	}
	if differs("auth_url") {
		return true
	}
	kind := cloud.authType()
	if said := l["auth_type"]; said != "" {
		kind = normalAuthType(said)
	}
	switch kind {
	case Password, "":
		// A user known by id alone may be another one, and so may one of the same
		// name in another domain.
		byID := l["user_id"] != "" && l["username"] == "" && cloud["user_id"] == ""
		inAnother := slices.ContainsFunc([]string{"user_domain_id", "user_domain_name"}, func(key string) bool {
			return l[key] != "" && !cloud.says(key, l[key])
		})
		return differs("username") || differs("user_id") || byID || inAnother
	case ApplicationCredential:
		return differs("application_credential_id") || differs("application_credential_name")
	}
	return false
}

// ignored are the variables that say something else than the settings that
// count, unless a flag says it: flags win over variables, as everybody knows.
func (s Sources) ignored(env, flags, used layer) []string {
	var names []string
	kind := used.authType()
	for _, setting := range settings {
		key, value := setting.Key, env[setting.Key]
		if value == "" || flags.answers(key) || !setting.Auth && key != "auth_type" && key != "image_endpoint_override" {
			continue
		}
		if said := env["auth_type"]; said != "" && normalAuthType(said) == kind && !wanted(kind, key) {
			continue // of no use with what the variables themselves ask for
		}
		// An application credential given by its id needs no user.
		useless := !wanted(kind, key) || kind == ApplicationCredential && used["application_credential_id"] != "" && strings.HasPrefix(key, "user")
		if !useless && used.says(key, value) {
			continue
		}
		for _, name := range setting.Env {
			if s.env(name) == value {
				names = append(names, name)
				break
			}
		}
	}
	return names
}

// says reports whether the layer holds a value, or a rival setting with it: a
// domain's id and its name are often the same word.
func (l layer) says(key, value string) bool {
	if same(key, l[key], value) {
		return true
	}
	if !strings.Contains(key, "domain") {
		return false
	}
	for _, end := range []string{"_id", "_name"} {
		stem := strings.TrimSuffix(strings.TrimSuffix(key, "_id"), "_name")
		for _, k := range []string{stem + end, "user_" + stem + end, "project_" + stem + end} {
			if strings.EqualFold(l[k], value) {
				return true
			}
		}
	}
	return l["default_domain"] == "" && strings.EqualFold(value, "default") && !l.answers(key)
}

// same compares two values of a setting as services would.
func same(key, a, b string) bool {
	a, b = strings.TrimRight(a, "\r"), strings.TrimRight(b, "\r") // see carriageReturn
	switch key {
	case "auth_type":
		return normalAuthType(a) == normalAuthType(b)
	case "auth_url":
		return plainURL(a) == plainURL(b)
	}
	return a == b
}

// plainURL is an auth_url without what makes no other service of it: the
// version at its end, and slashes.
func plainURL(text string) string {
	text = strings.TrimRight(text, "/")
	for _, version := range []string{"/v3", "/v2.0"} {
		text = strings.TrimSuffix(text, version)
	}
	return strings.ToLower(strings.TrimRight(text, "/"))
}

// Notes are sentences about the configuration that a user should read before
// relying on it; usually none.
func (c Cloud) Notes() []string {
	notes := slices.Clone(c.notes)
	if len(c.Ignored) > 0 {
		why := "The cloud has its own settings."
		if c.stranger {
			why = "They are for another cloud or user."
		}
		notes = append(notes, "Ignored beside "+c.Title()+": "+strings.Join(c.Ignored, ", ")+". "+why+
			" To change a setting, use its flag; to use the variables, name no cloud.")
	}
	return notes
}
