package conformance

// Groups are all cases, by what they are about.
func Groups() []Group {
	groups := []Group{
		attributeCases,
		formatCases,
		readOnlyCases,
		tagCases,
		propertyCases,
		propertyNameCases,
		locationCases,
		locationURLCases,
		locationListCases,
		locationOrderCases,
		statusCases,
		atomicCases,
		lostCases,
		requestCases,
		olderFormCases,
		permissionCases,
		hiddenCases,
		strictCases,
		noAuthCases,
		oldCases,
		locationCallCases,
		weightedCases,
		declaredCases,
		requiredCases,
		readingCases,
		deactivatedCases,
		listCases,
		listFilterCases,
		listSortCases,
		watchingCases,
		memberCases,
		tagCallCases,
		actionCases,
		dataCases,
		importCases,
		discoveryCases,
	}
	for n := range groups {
		groups[n].Cases = groups[n].filled()
	}
	return groups
}

// filled are the cases with what the group says for all of them.
func (g Group) filled() []Case {
	cases := make([]Case, len(g.Cases))
	for n, c := range g.Cases {
		if c.On == "" {
			c.On = g.On
		}
		if c.On == "" {
			c.On = Main
		}
		if c.As == "" {
			c.As = g.As
		}
		if c.As == "" {
			c.As = Admin
		}
		if c.Given == nil {
			c.Given = g.Given
		}
		cases[n] = c
	}
	return cases
}
