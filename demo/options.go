package demo

import (
	"net/http"
	"time"

	"github.com/glance-tui/glance-tui/demo/faults"
	"github.com/glance-tui/glance-tui/model/api"
	"github.com/glance-tui/glance-tui/model/rules"
)

// Options say what kind of cloud the service pretends to be. The zero value is
// a current release with the data set, two stores, locations shown, and images
// that change by themselves.
type Options struct {
	// Release sets the rules of PATCH and the API versions that are offered.
	// A 2015 server has one store.
	Release api.Release

	// Images is how many images there shall be: synthetic ones are added to
	// the data set up to that number. Smaller numbers add none.
	Images int
	// Empty leaves the data set out, for tests that bring their own images.
	Empty bool
	// Seed varies the synthetic images.
	Seed int64

	// Still keeps the images from changing by themselves. Imports that a
	// client starts still run.
	Still bool
	// Now is the clock for the images' times and for what happens by itself;
	// nil is the machine's. Tokens always follow the machine's clock, since
	// clients compare their expiry with theirs.
	Now func() time.Time
	// ImportTime is how long an import runs that a client starts (3 s when
	// zero). One that ends the moment it begins takes a negative value.
	ImportTime time.Duration

	// Latency holds every answer back, as a far away cloud does.
	Latency time.Duration
	// TokenLifetime is how long a token is good for (24 h when zero).
	TokenLifetime time.Duration
	// RequireToken refuses requests without a token with 401.
	RequireToken bool

	// HideLocations neither shows locations nor takes changes to them, as most
	// clouds are set up (show_multiple_locations = False).
	HideLocations bool
	// LocationCalls offers version 2.17 of the API: POST and GET
	// /v2/images/{image}/locations, which are there where locations are hidden,
	// too. The zero value has 2.16.
	LocationCalls bool
	// StrictPolicy lets only an administrator remove a location, the default
	// since 2023.1.
	StrictPolicy bool
	// OneStore is a server without enabled_backends: no store ids anywhere.
	OneStore bool
	// Weights of the stores "local" and "web": locations are shown in their
	// order, the heaviest first, as since 2023.2. Nil is a server without any.
	Weights map[string]int64
	// OldMedia takes a PATCH in version 2.0's media type only, as the first
	// servers with the API v2 do.
	OldMedia bool
	// Schema is the deployment's own answer to GET /v2/schemas/image, which
	// PATCH and POST go by too; nil is a Glance's as it is installed. One that
	// rules.ParseSchema does not read is a mistake of the caller's: New panics.
	Schema []byte

	// Mirrors are further hosts ("host" or "host:port") whose http and https
	// URLs count as reachable. A host with a port allows that port.
	Mirrors []string
	// Limits are the quotas; a zero field is Glance's default.
	Limits rules.Limits

	// Faults are what goes wrong on purpose; Server.Faults changes them later.
	Faults []faults.Fault
	// Struck is told of each request that a fault strikes; nil for nobody.
	Struck func(faults.Fault, *http.Request)
}

// Who can log in. All passwords are the same; everybody is in the domain
// Default.
const (
	// Username is the administrator, with the role admin in Project.
	Username = "admin"
	Password = "glance-tui"
	Project  = "platform"

	// MemberUsername is an ordinary member of MemberProject.
	MemberUsername = "demo"
	MemberProject  = "demo"

	// Domain is the name of the one domain, DomainID its id.
	Domain   = "Default"
	DomainID = "default"

	// Region is the region of all endpoints in the catalogue.
	Region = "RegionOne"

	// ApplicationCredentialID and ApplicationCredentialSecret log in as the
	// administrator in Project.
	ApplicationCredentialID     = "5f1c0b7d4f0e4d5a9d3ce1a0c2b7a911"
	ApplicationCredentialSecret = "an-application-credential-of-the-demo"

	// MemberApplicationCredentialID logs in as the ordinary member, with the
	// same secret.
	MemberApplicationCredentialID = "0a9be2cc6d1f4a7f8f5e4b6f1d2c3e40"
)

const (
	defaultImportTime    = 3 * time.Second
	defaultTokenLifetime = 24 * time.Hour
)

// withDefaults fills what is left open.
func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.ImportTime == 0 {
		o.ImportTime = defaultImportTime
	}
	if o.TokenLifetime <= 0 {
		o.TokenLifetime = defaultTokenLifetime
	}
	if o.Release == api.Release2015 {
		o.OneStore = true
	}
	return o
}
