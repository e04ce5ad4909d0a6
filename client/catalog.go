package client

import (
	"fmt"
	"slices"
	"strings"

	"github.com/glance-tui/glance-tui/client/config"
	"github.com/glance-tui/glance-tui/model/api"
)

// imageEndpoint finds the Image service in the catalogue: the first endpoint
// of the wanted interface, in the wanted region or, where none is wanted, in
// the first that has one. gophercloud can do that too, but says neither what
// there is instead nor which region it took.
func imageEndpoint(cloud config.Cloud, who identity) (url, region string, err error) {
	none := func(means, advice string) (string, string, error) {
		return "", "", &api.Failure{Doing: "find the Image service", Kind: api.FailedConfigured, Means: means, Advice: advice}
	}
	if len(who.catalog) == 0 {
		if who.project == "" {
			return none("The login has no project scope, so there is no service catalog.", "Name a project: --os-project-name with its domain, or OS_PROJECT_NAME.")
		}
		return none("The identity service returned no service catalog.", "Set the Image service URL with --os-image-endpoint-override.")
	}
	var regions, interfaces, kinds []string
	for _, s := range who.catalog {
		kinds = addOnce(kinds, s.kind)
		if s.kind != "image" {
			continue
		}
		for _, e := range s.endpoints {
			regions = addOnce(regions, e.region)
			if cloud.Region != "" && e.region != cloud.Region && e.regionName != cloud.Region {
				continue
			}
			iface := strings.TrimSuffix(e.iface, "URL")
			interfaces = addOnce(interfaces, iface)
			if iface == cloud.Interface && e.url != "" {
				return e.url, e.region, nil
			}
		}
	}
	slices.Sort(regions)
	slices.Sort(interfaces)
	switch {
	case !slices.Contains(kinds, "image"):
		return none("The catalog of this project lists no Image service.", "Check the project, or set the Image service URL with --os-image-endpoint-override.")
	case len(regions) == 0:
		return none("The catalog lists an Image service without any endpoint.", "Set the Image service URL with --os-image-endpoint-override.")
	case len(interfaces) == 0:
		return none(fmt.Sprintf("There is no Image service in region %q.", cloud.Region), "Use one of these with "+cloud.RegionFlag()+": "+strings.Join(regions, ", ")+".")
	}
	return none(fmt.Sprintf("The Image service has no %s endpoint%s.", cloud.Interface, inRegion(cloud.Region)), "Use one of these with "+cloud.InterfaceFlag()+": "+strings.Join(interfaces, ", ")+".")
}

func inRegion(region string) string {
	if region == "" {
		return ""
	}
	return " in region " + region
}

func addOnce(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
