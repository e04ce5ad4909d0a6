package rules

// The default quotas of a server (measured; all three are configurable).
const (
	DefaultTags       = 128
	DefaultProperties = 128
	defaultLocations  = 10
)

// limits are the quotas in force: zero fields replaced by the defaults. A
// negative one is no limit, as in Glance's configuration.
func (r Rules) limits() Limits {
	l := r.Limits
	if l.Tags == 0 {
		l.Tags = DefaultTags
	}
	if l.Properties == 0 {
		l.Properties = DefaultProperties
	}
	if l.Locations == 0 {
		l.Locations = defaultLocations
	}
	return l
}

// exceeds reports whether a count is over a quota.
func exceeds(count, quota int) bool { return quota >= 0 && count > quota }
