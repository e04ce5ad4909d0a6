package demo

import (
	"crypto/sha1"
	"encoding/hex"
	"slices"
)

// project is a project of the one domain.
type project struct {
	id, name, description string
}

// user is somebody who can log in; roles are by project id.
type user struct {
	id, name string
	roles    map[string][]string
}

// credential is an application credential.
type credential struct {
	id, name, secret string
	user             *user
	project          *project
}

var (
	platform  = newProject(Project, "Images for everybody, kept by the operators")
	demoTeam  = newProject(MemberProject, "An ordinary project")
	analytics = newProject("analytics", "Number crunching")

	projects = []*project{platform, demoTeam, analytics}

	administrator = &user{id: shortID("user", Username), name: Username, roles: map[string][]string{
		platform.id: {"admin", "member", "reader"},
		demoTeam.id: {"member", "reader"},
	}}
	member = &user{id: shortID("user", MemberUsername), name: MemberUsername, roles: map[string][]string{
		demoTeam.id: {"member", "reader"},
	}}
	analyst = &user{id: shortID("user", "analyst"), name: "analyst", roles: map[string][]string{
		analytics.id: {"member", "reader"},
	}}

	users = []*user{administrator, member, analyst}

	credentials = []*credential{
		{ApplicationCredentialID, "glance-tui", ApplicationCredentialSecret, administrator, platform},
		{MemberApplicationCredentialID, "glance-tui", ApplicationCredentialSecret, member, demoTeam},
	}
)

func newProject(name, description string) *project {
	return &project{id: shortID("project", name), name: name, description: description}
}

// shortID is an id as Keystone makes them, always the same for a name.
func shortID(kind, name string) string {
	sum := sha1.Sum([]byte("glance-tui demo " + kind + " " + name))
	return hex.EncodeToString(sum[:16])
}

// roleID is the id of a role.
func roleID(name string) string { return shortID("role", name) }

func projectNamed(idOrName string) *project {
	for _, p := range projects {
		if p.id == idOrName || p.name == idOrName {
			return p
		}
	}
	return nil
}

func userNamed(idOrName string) *user {
	for _, u := range users {
		if u.id == idOrName || u.name == idOrName {
			return u
		}
	}
	return nil
}

// projectsOf are the projects in which a user has a role.
func projectsOf(u *user) []*project {
	return slices.DeleteFunc(slices.Clone(projects), func(p *project) bool { return len(u.roles[p.id]) == 0 })
}
