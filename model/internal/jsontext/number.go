package jsontext

import (
	"math/big"
	"strconv"
	"strings"
)

// longestExponent bounds the numbers that are worked out exactly: 1e999999999
// would take all memory there is.
const longestExponent = 400

// Integer reads a JSON number that is an integer by value: 2.0 and 2e3
// count, as they do for the server (measured).
func Integer(text string) (int64, bool) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		// strconv takes "+1" and "01" as well, JSON does not.
		return n, strconv.FormatInt(n, 10) == text || text == "-0"
	}
	r, ok := ratio(text)
	if !ok || !r.IsInt() || !r.Num().IsInt64() {
		return 0, false
	}
	return r.Num().Int64(), true
}

// ratio is the exact value of a number in JSON's spelling. False for anything
// else, and for magnitudes that no server can hold.
func ratio(text string) (*big.Rat, bool) {
	if strings.Trim(text, "0123456789+-.eE") != "" {
		return nil, false
	}
	if at := strings.IndexAny(text, "eE"); at >= 0 {
		exponent, err := strconv.Atoi(text[at+1:])
		if err != nil || exponent > longestExponent || exponent < -longestExponent {
			return nil, false
		}
	}
	return new(big.Rat).SetString(text)
}

// RatioOf is a whole number for exact comparison.
func RatioOf(n int64) *big.Rat { return new(big.Rat).SetInt64(n) }
