package model

// Nearest is the choice that a mistyped word was most likely meant to be; ""
// when none is near.
func Nearest(word string, choices []string) string {
	best, limit := "", 1+len(word)/4
	for _, c := range choices {
		if d := editDistance(word, c, limit); d <= limit {
			best, limit = c, d-1
		}
	}
	return best
}

// editDistance counts the letters to insert, drop or change between two words;
// anything above the limit may come back as limit+1.
func editDistance(a, b string, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
