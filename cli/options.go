package cli

import (
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/theme"
)

// options are the flags that several commands have.
type options struct {
	cloud    string
	settings map[string]string // by config.Setting.Key
	demo     bool
	release  *choice
	readOnly bool

	keepToken bool
	keepFlag  *pflag.Flag
	logins    *logins // where they are kept; nil for nowhere

	// Of the terminal UI alone.
	dryRun  bool
	refresh time.Duration

	ascii bool
	theme *choice
}

const (
	defaultRefresh = 5 * time.Second
	// connection marks flags that say whom to connect to. There are too many
	// of them for every command's help; the topic "connecting" lists them.
	connection = "glance-tui-connection"
)

func newOptions() *options {
	return &options{
		settings: make(map[string]string),
		release:  newChoice("", api.ReleaseCurrent.String(), api.Release2015.String()),
		theme:    newChoice("auto", "auto", "dark", "light"),
	}
}

// addConnection declares what says whom to connect to, as the openstack client
// spells it.
func (o *options) addConnection(cmd *cobra.Command) {
	flags := cmd.PersistentFlags()
	flags.StringVar(&o.cloud, "os-cloud", "", "cloud `NAME` in clouds.yaml (default: OS_CLOUD, then the OS_* variables)")
	flags.BoolVar(&o.demo, "demo", false, "use a built-in Image service with sample images; no cloud needed")
	flags.Var(o.release, "release", "server release to assume; 2015: before the fix for CVE-2016-0757")
	flags.BoolVar(&o.keepToken, "keep-token", false, "save the token for the next start; without this flag, a saved token is deleted (or "+keepVariable+"=1)")
	o.keepFlag = flags.Lookup("keep-token")
	for _, s := range config.Settings() {
		f := flags.VarPF(&setting{o: o, setting: s}, s.Flag(), "", s.Help)
		if s.Switch {
			f.NoOptDefVal = "true"
		}
		f.Annotations = map[string][]string{connection: nil}
		f.Hidden = true
		_ = cmd.RegisterFlagCompletionFunc(s.Flag(), completeSetting(s))
	}
	_ = cmd.RegisterFlagCompletionFunc("os-cloud", o.completeClouds)
	_ = cmd.RegisterFlagCompletionFunc("release", o.release.complete)
}

// addStyle declares how things are drawn.
func (o *options) addStyle(cmd *cobra.Command) {
	flags := cmd.PersistentFlags()
	flags.BoolVar(&o.ascii, "ascii", false, "use ASCII characters only")
	flags.Var(o.theme, "theme", "color theme; auto: detect the background")
	_ = cmd.RegisterFlagCompletionFunc("theme", o.theme.complete)
}

// setting is the flag of one configuration setting.
type setting struct {
	o       *options
	setting config.Setting
}

var _ pflag.Value = (*setting)(nil)

// String is what was given; pflag asks the zero value as well.
func (s *setting) String() string {
	if s.o == nil {
		return ""
	}
	return s.o.settings[s.setting.Key]
}

// Set takes a value as it is: what is wrong with it, the configuration
// says with the place where it came from.
func (s *setting) Set(value string) error {
	s.o.settings[s.setting.Key] = value
	return nil
}

// Type is what help shows for the value.
func (s *setting) Type() string {
	ends := func(endings ...string) bool {
		return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(s.setting.Key, e) })
	}
	switch {
	case s.setting.Switch:
		return "bool"
	case ends("url", "endpoint", "override"):
		return "URL"
	case ends("cert", "key"):
		return "FILE"
	case ends("_id"):
		return "ID"
	case ends("name"):
		return "NAME"
	}
	return "TEXT"
}

// modelRelease is the release as the model names it.
func (o *options) modelRelease() api.Release {
	r, _ := api.ReleaseNamed(o.release.value) // the flag takes no other
	return r
}

// sources say where to look for a cloud's settings.
func (o *options) sources() config.Sources {
	return config.Sources{Cloud: o.cloud, Flags: o.settings}
}

// plain reports whether to draw with ASCII alone: the user says so, or the locale
// is not UTF-8.
func (o *options) plain() bool { return o.ascii || !localeIsUTF8(os.Getenv) }

// localeIsUTF8 reads the variables that decide over characters (POSIX: LC_ALL
// before LC_CTYPE before LANG). Without any of them, as in many containers,
// UTF-8 is assumed: terminals draw it whatever the locale.
func localeIsUTF8(getenv func(string) string) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		v := strings.ToLower(getenv(name))
		if v == "" {
			continue
		}
		return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
	}
	return true
}

// style is the theme to begin with. The terminal may correct it later where
// the user left it open.
func (o *options) style() *theme.Theme {
	dark := o.theme.value == "dark" || o.theme.value == "auto" && !lightByVariable(os.Getenv)
	return theme.New(dark, o.plain())
}

// lightByVariable reads COLORFGBG, which some terminals set: "15;0" is light
// text on black, "0;15" black text on white.
func lightByVariable(getenv func(string) string) bool {
	v := getenv("COLORFGBG")
	switch v[strings.LastIndexByte(v, ';')+1:] {
	case "7", "15":
		return true
	}
	return false
}
