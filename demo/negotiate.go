package demo

import (
	"strconv"
	"strings"
)

// The forms of an error answer, in the order in which Glance prefers them
// among those that a request accepts equally.
const (
	mediaHTML  = "text/html"
	mediaPlain = "text/plain"
	mediaJSON  = "application/json"
)

// negotiate picks the form of an error by the Accept header. "*/*" is HTML;
// nothing, or nothing that can be had, is plain text (measured).
func negotiate(accept string) string {
	best, bestQuality := mediaPlain, 0.0
	for _, offer := range []string{mediaHTML, mediaPlain, mediaJSON} {
		if q := quality(accept, offer); q > bestQuality {
			best, bestQuality = offer, q
		}
	}
	return best
}

// quality is how much an Accept header wants a media type, by its most
// specific range that matches; 0 is not at all (RFC 9110, 12.5.1).
func quality(accept, offer string) float64 {
	mainType, _, _ := strings.Cut(offer, "/")
	specificity, q := -1, 0.0
	for element := range strings.SplitSeq(accept, ",") {
		name, parameters, _ := strings.Cut(element, ";")
		level := -1
		switch strings.ToLower(strings.TrimSpace(name)) {
		case offer:
			level = 2
		case mainType + "/*":
			level = 1
		case "*/*":
			level = 0
		}
		if level > specificity {
			specificity, q = level, weight(parameters)
		}
	}
	return q
}

// weight reads the q parameter of a media range; without one it is 1.
func weight(parameters string) float64 {
	for p := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(p), "=")
		if !strings.EqualFold(name, "q") {
			continue
		}
		q, err := strconv.ParseFloat(value, 64)
		if err != nil || q < 0 || q > 1 {
			return 0
		}
		return q
	}
	return 1
}
