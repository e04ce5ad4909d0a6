package rules

// sameURLs reports whether both lists hold the same URLs, each as often.
func sameURLs(a, b []placed) bool {
	if len(a) != len(b) {
		return false
	}
	count := make(map[string]int, len(a))
	for _, l := range a {
		count[l.URL]++
	}
	for _, l := range b {
		count[l.URL]--
		if count[l.URL] < 0 {
			return false
		}
	}
	return true
}
