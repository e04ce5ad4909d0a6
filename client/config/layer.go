package config

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// layer is what one place says: values by Setting.Key, never empty ones.
type layer map[string]string

// set keeps the first spelling that says something.
func (l layer) set(key, value string) {
	if _, there := l[key]; !there && value != "" {
		l[key] = value
	}
}

// over lays a layer on top: its values win, and put their rivals below out of
// force. A proof of identity above (a token on the command line) beats another
// kind below (a password in the file), and so does another way of proving; of
// another user above, the proof below is somebody else's.
func (l layer) over(top layer) {
	was := l.authType()
	changed := top.names("username", l) || top.names("user_id", l)
	for key := range top {
		for _, group := range rivals {
			if slices.Contains(group, key) {
				for _, rival := range group {
					if _, both := top[rival]; !both {
						delete(l, rival)
					}
				}
			}
		}
	}
	kind := top.proof()
	switch said := top["auth_type"]; {
	case said != "":
		kind = normalAuthType(said)
	case kind == "" && top["application_credential_id"]+top["application_credential_name"] != "":
		kind = ApplicationCredential // its secret stands elsewhere
	}
	if kind != "" && was != kind && top["auth_type"] == "" {
		delete(l, "auth_type")
	}
	for other, keys := range proofs {
		if kind != "" && other != kind || other == Password && changed {
			for _, key := range keys {
				delete(l, key)
			}
		}
	}
	maps.Copy(l, top)
}

// copy is a layer of its own.
func (l layer) copy() layer { return maps.Clone(l) }

// names reports whether the layer names another one than what lies below it.
func (l layer) names(key string, below layer) bool {
	return l[key] != "" && l[key] != below[key]
}

// under fills gaps from a layer below: a value whose rival is already given
// stays out, and so does another proof of identity.
func (l layer) under(below layer) {
	kind := l.authType()
	fill := make(layer)
	for key, value := range below {
		if !l.answers(key) && (kind == "" || fits(kind, key) && key != "auth_type") {
			fill[key] = value
		}
	}
	maps.Copy(l, fill)
}

// answers reports whether the layer holds the setting or a rival of it.
func (l layer) answers(key string) bool {
	if l[key] != "" {
		return true
	}
	for _, group := range rivals {
		if slices.Contains(group, key) {
			for _, rival := range group {
				if l[rival] != "" {
					return true
				}
			}
		}
	}
	return false
}

// fits reports whether a setting is of use with a way of proving identity.
func fits(kind AuthType, key string) bool {
	if kind == TokenEndpoint {
		kind = Token
	}
	for other, keys := range proofs {
		if other != kind && slices.Contains(keys, key) {
			return false
		}
	}
	return true
}

// proof is the kind of secret that the layer holds, "" for none.
func (l layer) proof() AuthType {
	switch {
	case l["application_credential_secret"] != "":
		return ApplicationCredential
	case l["token"] != "" && l["endpoint"] != "" && l["auth_url"] == "":
		return TokenEndpoint
	case l["token"] != "":
		return Token
	case l["password"] != "" || l["passcode"] != "":
		return Password
	}
	return ""
}

// authType is the way of proving identity that the layer says or implies;
// "" when it says nothing about it.
func (l layer) authType() AuthType {
	if said := l["auth_type"]; said != "" {
		return normalAuthType(said)
	}
	if kind := l.proof(); kind != "" {
		return kind
	}
	switch {
	case l["application_credential_id"] != "" || l["application_credential_name"] != "":
		return ApplicationCredential
	case l["username"] != "" || l["user_id"] != "":
		return Password
	case l["auth_url"] == "" && (l["endpoint"] != "" || l["image_endpoint_override"] != ""):
		return None
	}
	return ""
}

// only keeps the settings for which keep is true.
func (l layer) only(keep func(Setting) bool) layer {
	kept := make(layer)
	for key, value := range l {
		if keep(*byName[key]) {
			kept[key] = value
		}
	}
	return kept
}

// fromEnv reads the OS_* variables.
func (s Sources) fromEnv() layer {
	l := make(layer)
	for _, setting := range settings {
		for _, name := range setting.Env {
			l.set(setting.Key, s.env(name))
		}
	}
	return l
}

// fromFlags reads the command line's settings.
func (s Sources) fromFlags() (layer, error) {
	l := make(layer)
	for name, value := range s.Flags {
		setting, ok := settingNamed(name)
		if !ok {
			return nil, fail(fmt.Sprintf("Unknown setting %q", name), "see --help for the settings", nil)
		}
		l.set(setting.Key, value)
	}
	return l, nil
}

// fromTree reads the settings of one cloud's mapping, also from its "auth:".
// Unknown keys are other services' and are passed over.
func fromTree(path string, t *tree) (layer, error) {
	l := make(layer)
	auth := t.get("auth")
	if !auth.isMapping() {
		return nil, misplaced(path, auth.line, `"auth" must be a mapping`)
	}
	// A setting that stands both in auth and beside it counts from auth, and
	// its own name counts before an older spelling.
	for i, from := range []*tree{auth, auth, t, t} {
		if from == nil {
			continue
		}
		older := i%2 == 1
		for _, name := range from.keys {
			value := from.maps[name]
			setting, ok := settingNamed(name)
			if !ok || strings.HasPrefix(name, "os_") || older == (setting.Key == strings.ReplaceAll(name, "-", "_")) {
				continue
			}
			if value.maps != nil {
				return nil, misplaced(path, value.line, fmt.Sprintf("%q must be a single value", name))
			}
			if len(value.list) > 0 { // several interfaces or regions: the first is the default
				value = value.list[0]
			}
			l.set(setting.Key, value.scalar())
		}
	}
	return l, nil
}
