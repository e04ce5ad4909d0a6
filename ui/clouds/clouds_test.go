package clouds_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/ui/clouds"
	"github.com/glance-tui/glance-tui/ui/screen"
	"github.com/glance-tui/glance-tui/ui/uitest"
)

var places = []string{"/home/me/project/clouds.yaml", "/home/me/.config/openstack/clouds.yaml", "/etc/openstack/clouds.yaml"}

func several() clouds.Config {
	return clouds.Config{Places: places, Clouds: []clouds.Entry{
		{Name: "prod-eu", AuthURL: "https://keystone.prod-eu.example:5000/v3", Region: "RegionOne", Project: "platform"},
		{Name: "staging", AuthURL: "https://keystone.staging.example/v3", Project: "platform"},
		{Name: "本番", AuthURL: "https://id.example.jp/v3", Region: "tokyo"},
	}}
}

var refused = &api.Failure{
	Doing: "connect to prod-eu", Kind: api.FailedAuth, Detail: "The request you have made requires authentication.",
	Means:  "The identity service does not accept these credentials.",
	Advice: "check user, password, project and their domains, or the application credential",
}

func show(t *testing.T, c *clouds.Clouds, name string) {
	t.Helper()
	for _, size := range [][2]int{{80, 20}, {160, 41}, {60, 11}} {
		uitest.Golden(t, fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), uitest.Shot(t, c, size[0], size[1]))
	}
}

func TestNothingConfiguredOffersTheDemo(t *testing.T) {
	for _, key := range []string{"enter", "d"} {
		c := clouds.New(uitest.Context(nil), clouds.Config{Places: places})
		uitest.Start(c, 80, 20)
		if _, ok := uitest.Find[screen.OpenDemo](uitest.Run(c, uitest.Keys(key))); !ok {
			t.Errorf("%s does not open the demo", key)
		}
		show(t, c, "nothing")
	}
}

func TestChooseACloud(t *testing.T) {
	c := clouds.New(uitest.Context(nil), several())
	uitest.Start(c, 80, 20)
	got, ok := uitest.Find[screen.Connect](uitest.Run(c, uitest.Keys("j", "down", "k", "enter")))
	if !ok || got.Cloud != "staging" {
		t.Errorf("got %+v", got)
	}
	show(t, c, "chooser")
	if _, ok := uitest.Find[screen.OpenDemo](uitest.Run(c, uitest.Keys("G", "enter"))); !ok {
		t.Error("the last row is not the demo")
	}
}

func TestAfterAWrongPasswordTheReasonStandsAboveTheClouds(t *testing.T) {
	conf := several()
	conf.Problem, conf.Tried = refused, "staging"
	c := clouds.New(uitest.Context(nil), conf)
	uitest.Start(c, 80, 20)
	show(t, c, "problem")
	got, ok := uitest.Find[screen.Connect](uitest.Run(c, uitest.Keys("r")))
	if !ok || got.Cloud != "staging" {
		t.Errorf("r tries %+v", got)
	}
}

func TestAProblemWithVariablesAloneCanBeTriedAgain(t *testing.T) {
	c := clouds.New(uitest.Context(nil), clouds.Config{Places: places, Problem: refused})
	uitest.Start(c, 80, 20)
	show(t, c, "problem-variables")
	if got, ok := uitest.Find[screen.Connect](uitest.Run(c, uitest.Keys("r"))); !ok || got.Cloud != "" {
		t.Errorf("r tries %+v, %v", got, ok)
	}
}

func TestManyCloudsScroll(t *testing.T) {
	var conf clouds.Config
	for i := range 200 {
		conf.Clouds = append(conf.Clouds, clouds.Entry{Name: fmt.Sprintf("cloud-%03d", i+1)})
	}
	c := clouds.New(uitest.Context(nil), conf)
	uitest.Start(c, 80, 20)
	uitest.Run(c, uitest.Times(150, "j"))
	if view := uitest.Plain(c.View()); !strings.Contains(view, "▸ cloud-151") {
		t.Errorf("the cursor is out of sight:\n%s", view)
	}
}

func TestMonkey(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	names := []string{"j", "k", "G", "g", "ctrl+d", "ctrl+u", "up", "down", "enter", "d", "r", "x", "tab", "esc"}
	confs := []clouds.Config{{}, {Places: places}, several(), {Problem: refused}, {Clouds: several().Clouds, Problem: refused}}
	for _, conf := range confs {
		c := clouds.New(uitest.Context(nil), conf)
		for range 2000 {
			uitest.Run(c, uitest.Keys(names[r.IntN(len(names))]))
			w, h := 1+r.IntN(170), 1+r.IntN(50)
			uitest.Shot(t, c, w, h)
			_, _, _ = c.Keys(), c.Title(), c.Aside(w)
		}
	}
}
