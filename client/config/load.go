package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// Load finds out which cloud to use and all its settings. An error is a
// *api.Failure that says what is wrong and where, or *NothingConfigured;
// beside an error the cloud holds what was found until then.
//
// The cloud is the one named on the command line, else by OS_CLOUD, else what
// flags and variables describe by themselves (an auth_url or an endpoint),
// else the only one in clouds.yaml.
//
// Of a named cloud, later places win: its profile (clouds-public.yaml, or one
// that openstacksdk ships), clouds.yaml, secure.yaml, the region's own values,
// flags. Variables choose region, interface, certificates and the way of
// proving identity over the file, and fill in what file and flags leave out,
// such as a password. They never mix another user or project into it, and are
// left aside where they are for another cloud: an openrc file that was sourced
// earlier. Cloud.Ignored says which have no effect.
func Load(s Sources) (Cloud, error) {
	flags, err := s.fromFlags()
	if err != nil {
		return Cloud{}, err
	}
	env := s.fromEnv()
	name := s.Cloud
	if name == "" {
		name = s.env("OS_CLOUD")
	}
	direct := make(layer)
	direct.over(env)
	direct.over(flags)
	direct.under(env) // a flag for another user takes the variables' password
	if name == "" && (direct["auth_url"] != "" || direct["endpoint"] != "" || direct["image_endpoint_override"] != "") {
		return s.settle(Cloud{From: directFrom(env, flags)}, direct)
	}
	if err := s.carriageReturn(nil); err != nil {
		return Cloud{}, err
	}
	found, looked, err := s.load("clouds", "OS_CLIENT_CONFIG_FILE", s.dirs())
	if err != nil {
		return Cloud{}, err
	}
	if name == "" {
		if name, err = onlyCloud(found, looked); err != nil {
			var nothing *NothingConfigured
			if errors.As(err, &nothing) && len(nothing.Clouds) == 0 && len(direct.only(auth)) > 0 {
				return s.settle(Cloud{From: directFrom(env, flags)}, direct) // half an openrc: say what is missing
			}
			return Cloud{}, err
		}
	}
	if found == nil {
		return Cloud{}, fail(fmt.Sprintf("There is no clouds.yaml that could hold cloud %q", name),
			"write one of these: "+strings.Join(looked, ", "), nil)
	}
	own, err := s.named(found, name, flags["region_name"], env["region_name"])
	if err != nil {
		return Cloud{}, err
	}
	said := own.copy()
	said.over(flags)
	stranger := env.stranger(said)
	l := own.copy()
	l.over(env.only(func(s Setting) bool { return selects(s) || s.Key == "auth_type" && !stranger }))
	l.over(flags)
	if !stranger {
		l.under(env.only(func(s Setting) bool { return s.Auth && s.Key != "endpoint" }))
	}
	l.under(own) // what a flag put out of force, and nothing took its place
	c := Cloud{Name: name, From: found.path, Ignored: s.ignored(env, flags, l), stranger: stranger}
	return s.settle(c, l)
}

// auth and selects pick settings: what says who and where, and what variables
// may choose over a file.
func auth(s Setting) bool { return s.Auth }

func selects(s Setting) bool {
	switch s.Key {
	case "region_name", "interface", "image_region_name", "image_interface", "cacert", "cert", "key", "insecure", "verify":
		return true
	}
	return false
}

func directFrom(env, flags layer) string {
	switch {
	case len(env.only(auth)) == 0:
		return "the command line"
	case len(flags.only(auth)) == 0:
		return "the OS_* variables"
	}
	return "the OS_* variables and the command line"
}

// onlyCloud is the name of the only cloud there is.
func onlyCloud(found *file, looked []string) (string, error) {
	nothing := &NothingConfigured{Looked: append(looked, "OS_* variables")}
	if found == nil {
		return "", nothing
	}
	entries, err := found.clouds()
	if err != nil {
		return "", err
	}
	switch len(entries.keys) {
	case 0:
		return "", nothing
	case 1:
		return entries.keys[0], nil
	}
	nothing.Clouds = slices.Sorted(slices.Values(entries.keys))
	return "", nothing
}

// clouds is the mapping of names to clouds; never nil without an error.
func (f *file) clouds() (*tree, error) {
	t := f.top.get("clouds")
	if !t.isMapping() {
		return nil, misplaced(f.path, t.line, `"clouds" must be a mapping`)
	}
	if t == nil || t.maps == nil {
		return &tree{}, nil
	}
	return t, nil
}

// named merges what the files say of one cloud. region is the one asked for.
func (s Sources) named(found *file, name string, regions ...string) (layer, error) {
	entries, err := found.clouds()
	if err != nil {
		return nil, err
	}
	entry := entries.get(name)
	if entry == nil {
		advice := "it defines no clouds"
		if names := slices.Sorted(slices.Values(entries.keys)); len(names) > 0 {
			advice = "use one of these: " + strings.Join(names, ", ")
		}
		return nil, fail(fmt.Sprintf("Unknown cloud %q in %s", name, found.path), advice, nil)
	}
	if !entry.isMapping() {
		return nil, misplaced(found.path, entry.line, fmt.Sprintf("cloud %q must be a mapping", name))
	}
	own, err := fromTree(found.path, entry)
	if err != nil {
		return nil, err
	}
	merged, profile, err := s.profile(found, entry, name)
	if err != nil {
		return nil, err
	}
	merged.over(own)
	secret, err := s.secret(found, name)
	if err != nil {
		return nil, err
	}
	merged.over(secret)
	var asked string
	for _, r := range regions {
		if asked == "" {
			asked = r
		}
	}
	regional, err := regionOf(found.path, name, asked, entry, profile)
	if err != nil {
		return nil, err
	}
	merged.over(regional)
	return merged, nil
}

// secret is what secure.yaml says of a cloud. It is looked for beside
// clouds.yaml first.
func (s Sources) secret(found *file, name string) (layer, error) {
	dirs := append([]string{filepath.Dir(found.path)}, s.dirs()...)
	secure, _, err := s.load("secure", "OS_CLIENT_SECURE_FILE", dirs)
	if secure == nil {
		return nil, notDenied(err)
	}
	entries, err := secure.clouds()
	if err != nil {
		return nil, err
	}
	entry := entries.get(name)
	if !entry.isMapping() {
		return nil, misplaced(secure.path, entry.line, fmt.Sprintf("cloud %q must be a mapping", name))
	}
	return fromTree(secure.path, entry)
}

// profile is what is known of the vendor that a cloud names by "profile" (or
// "cloud", its older spelling), and that entry itself: by clouds-public.yaml,
// else by what openstacksdk ships.
func (s Sources) profile(found *file, entry *tree, name string) (layer, *tree, error) {
	profile := entry.get("profile").scalar()
	if profile == "" {
		profile = entry.get("cloud").scalar()
	}
	if profile == "" {
		return make(layer), nil, nil
	}
	dirs := append([]string{filepath.Dir(found.path)}, s.dirs()...)
	public, looked, err := s.load("clouds-public", "OS_CLIENT_VENDOR_FILE", dirs)
	if notDenied(err) != nil {
		return nil, nil, err
	}
	if public != nil {
		if !public.top.get("public-clouds").isMapping() {
			return nil, nil, misplaced(public.path, public.top.get("public-clouds").line, `"public-clouds" must hold clouds by their names`)
		}
		if t := public.top.get("public-clouds").get(profile); t != nil {
			if !t.isMapping() {
				return nil, nil, misplaced(public.path, t.line, fmt.Sprintf("cloud %q must be a mapping", profile))
			}
			l, err := fromTree(public.path, t)
			return l, t, err
		}
		looked = []string{public.path}
	}
	// The openstack client goes on with what the cloud says itself where it does
	// not know the profile, and so does this where that is enough to connect.
	enough := entry.get("auth").get("auth_url").scalar() != "" || entry.get("auth_url").scalar() != ""
	t := vendor(profile)
	means, advice := unusable(name, profile, t)
	switch {
	case means != "" && !enough:
		return nil, nil, fail(means, advice, nil)
	case means == "" && t != nil:
		l, err := fromTree("the profile "+profile, t)
		return l, t, err
	case enough:
		return make(layer), nil, nil
	}
	return nil, nil, fail(fmt.Sprintf("Cloud %q uses the profile %q, which neither openstacksdk nor a clouds-public.yaml describes", name, profile),
		"set auth.auth_url in "+found.path+", or describe the profile in one of these: "+strings.Join(looked, ", "), nil)
}

// notDenied lets a missing permission pass for a file that is only a companion.
func notDenied(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return err
}
