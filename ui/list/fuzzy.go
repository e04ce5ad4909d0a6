package list

import "math"

// pieces is in how many pieces, at least, the letters of a word occur in a name
// in their order: 1 when it stands there as it is, 2 for "ubserv" in
// "ubuntu-server". It is math.MaxInt where they do not, and for very long words.
//
// The library at hand ranks whole lists and makes several things for each text;
// this is asked for each of 100,000 names with each letter, and the number of
// pieces is all that matters here: letters strewn over a long name are no match.
func pieces(name, word string) int {
	if len(word) > longestFuzzy {
		return math.MaxInt
	}
	// fewest[j] is for the first j+1 letters of the word, up to the present place
	// in the name; ending[j] for those whose last stands just there.
	var fewest, ending [longestFuzzy]int
	for j := range len(word) {
		fewest[j], ending[j] = math.MaxInt, math.MaxInt
	}
	for i := range len(name) {
		for j := len(word) - 1; j >= 0; j-- {
			here := math.MaxInt
			switch {
			case name[i] != word[j]:
			case j == 0:
				here = 1
			default:
				here = ending[j-1] // goes on with the piece
				if fewest[j-1] != math.MaxInt {
					here = min(here, fewest[j-1]+1)
				}
			}
			ending[j] = here
		}
		for j := range len(word) {
			fewest[j] = min(fewest[j], ending[j])
		}
	}
	return fewest[len(word)-1]
}

// longestFuzzy is the longest word that is looked for in pieces.
const longestFuzzy = 24

// inOrder reports whether the letters of word occur in name, in their order.
func inOrder(name, word string) bool {
	for i := 0; i < len(name) && word != ""; i++ {
		if name[i] == word[0] {
			word = word[1:]
		}
	}
	return word == ""
}
