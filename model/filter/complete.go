package filter

import "strings"

// Complete completes the last word of a filter as it is being typed: the
// key of its term, or behind the colon one of the key's values. offers are the
// ways to go on where there are several; the text is then completed as far as
// they are the same.
func Complete(s string) (completed string, offers []string) {
	at := strings.LastIndexAny(s, " \t") + 1
	before, word := s[:at], s[at:]
	if rest, not := strings.CutPrefix(word, "!"); not {
		before, word = before+"!", rest
	}
	if strings.Contains(word, `"`) {
		return s, nil
	}
	key, value, inValue := strings.Cut(strings.ToLower(word), ":")
	if !inValue {
		for _, k := range filterKeysNamed(key) {
			offers = append(offers, k.term.Key+":")
		}
	} else if named := filterKeysNamed(key); len(named) == 1 {
		k := named[0]
		comma := strings.LastIndexByte(value, ',') + 1
		for _, v := range k.term.Values {
			if strings.HasPrefix(v, value[comma:]) {
				offers = append(offers, k.term.Key+":"+value[:comma]+v)
			}
		}
		if len(offers) == 0 && len(k.term.Values) == 0 {
			offers = []string{k.term.Key + ":" + word[len(key)+1:]}
		}
	}
	if len(offers) == 0 || word == "" {
		return s, nil
	}
	same := offers[0]
	for _, o := range offers[1:] {
		for !strings.HasPrefix(o, same) {
			same = same[:len(same)-1]
		}
	}
	if len(same) < len(word) {
		same = word
	}
	if len(offers) == 1 {
		offers = nil
	}
	return before + same, offers
}

// Suggest is a filter in which words that no image has are values of
// the attributes that take them, such as visibility:public for public; "" where
// no word is one.
func Suggest(s string) string {
	var out strings.Builder
	changed := false
	for rest := s; ; {
		trimmed := strings.TrimLeft(rest, " \t")
		out.WriteString(rest[:len(rest)-len(trimmed)])
		if trimmed == "" {
			break
		}
		var w filterWord
		w, rest = filterWordOf(trimmed)
		term := w.typed
		if w.colon < 0 && w.quoted > len(w.text) {
			if as := attributeOf(strings.ToLower(w.text)); as != "" {
				term, changed = strings.TrimSuffix(w.typed, w.text)+as, true
			}
		}
		out.WriteString(term)
	}
	if !changed {
		return ""
	}
	return out.String()
}

// fewLetters is how much of a value at least is taken for it.
const fewLetters = 3

// attributeOf is the term whose value a word, or its beginning, is.
func attributeOf(word string) string {
	if len(word) < fewLetters {
		return ""
	}
	for _, k := range filterKeyTable() {
		for _, v := range k.term.Values {
			if len(v) >= fewLetters && strings.HasPrefix(v, word) && v != "yes" {
				return k.term.Key + ":" + v
			}
		}
	}
	return ""
}
