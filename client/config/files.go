package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/glance-tui/glance-tui/model/api"
)

// Sources is where settings come from. The zero value is the process's own
// environment, the usual folders and no flags.
type Sources struct {
	// Cloud is the name given on the command line (--os-cloud); "" leaves the
	// choice to OS_CLOUD and to what is configured.
	Cloud string
	// Flags are the other settings of the command line, by Setting.Key or by
	// flag name; an empty value is a flag that was not given.
	Flags map[string]string
	// Answers are secrets that the user was asked for, by Setting.Key, because
	// Load said that they are needed (*api.SecretNeeded). They fill gaps.
	Answers map[string]string
	// Getenv reads a variable; nil means os.Getenv.
	Getenv func(string) string
	// Dirs are the folders searched for clouds.yaml; nil means Dirs().
	Dirs []string
}

func (s Sources) env(name string) string {
	if s.Getenv != nil {
		return s.Getenv(name)
	}
	return os.Getenv(name)
}

func (s Sources) dirs() []string {
	if s.Dirs != nil {
		return s.Dirs
	}
	return Dirs(s.env)
}

// Dirs are the folders in which OpenStack clients look for clouds.yaml, best
// first: the working directory, the user's configuration folder, the
// system's (openstacksdk, CONFIG_SEARCH_PATH).
func Dirs(getenv func(string) string) []string {
	var dirs []string
	add := func(dir string) {
		if dir != "" && !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	if cwd, err := os.Getwd(); err == nil {
		add(cwd)
	}
	if xdg := getenv("XDG_CONFIG_HOME"); xdg != "" {
		add(filepath.Join(xdg, "openstack"))
	}
	if home, err := os.UserHomeDir(); err == nil {
		add(filepath.Join(home, ".config", "openstack"))
	}
	if native, err := os.UserConfigDir(); err == nil && getenv("XDG_CONFIG_HOME") == "" {
		add(filepath.Join(native, "openstack")) // macOS and Windows have their own places
	}
	if runtime.GOOS != "windows" {
		add("/etc/xdg/openstack")
		add("/etc/openstack")
	}
	return dirs
}

// suffixes of configuration files; JSON is YAML.
var suffixes = []string{".yaml", ".yml", ".json"}

// maxFile and maxPEM bound what is read of one configuration file, and of
// certificates (the authorities of all the world take some 200 kB).
const (
	maxFile = 4 << 20
	maxPEM  = 16 << 20
)

// file is one configuration file as read.
type file struct {
	path string
	top  *tree
}

// load reads the first clouds.yaml, secure.yaml or clouds-public.yaml found:
// the file that the variable names, which then has to exist, or else one in
// the folders. A nil file without an error means that there is none. looked
// are the paths that would have been taken. Files in the folders that may not
// be read are passed over, as the openstack client does; where nothing else
// was found, that is the error.
func (s Sources) load(stem, variable string, dirs []string) (found *file, looked []string, err error) {
	if path := s.env(variable); path != "" {
		path = expandHome(path)
		f, err := read(path)
		if err == nil && f == nil {
			err = fail(fmt.Sprintf("%s names %s, which does not exist", variable, path), "correct or unset "+variable, fs.ErrNotExist)
		}
		return f, []string{path + " (" + variable + ")"}, err
	}
	var denied error
	for _, dir := range dirs {
		looked = append(looked, filepath.Join(dir, stem+".yaml"))
		for _, suffix := range suffixes {
			f, err := read(filepath.Join(dir, stem+suffix))
			switch {
			case errors.Is(err, fs.ErrPermission):
				denied = err
			case err != nil || f != nil:
				return f, looked, err
			}
		}
	}
	return nil, looked, denied
}

// read parses a file. A missing one gives neither file nor error; neither
// does a folder of that name.
func read(path string) (*file, error) {
	data, err := readRegular(path, maxFile)
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) || errors.Is(err, errFolder):
		return nil, nil
	case errors.Is(err, errTooLarge):
		return nil, tooLarge(path, maxFile, "a cloud configuration")
	case errors.Is(err, errNotRegular):
		return nil, fail("The configuration file "+path+" is not a regular file", "write the configuration into a regular file", err)
	case err != nil:
		return nil, unreadable(path, err)
	}
	top, err := parse(path, data)
	if err != nil {
		return nil, err
	}
	if !top.isMapping() {
		return nil, misplaced(path, top.line, "expected a mapping")
	}
	return &file{path: path, top: top}, nil
}

// unreadable is the failure for a file that is there and cannot be read.
func unreadable(path string, err error) *api.Failure {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	return fail(fmt.Sprintf("%s cannot be read: %v", path, err), "check its permissions (ls -l)", err)
}

// expandHome resolves a leading "~/" as the openstack client does.
func expandHome(path string) string {
	if len(path) < 2 || path[0] != '~' || !os.IsPathSeparator(path[1]) {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return path
	}
	return filepath.Join(home, path[2:])
}
