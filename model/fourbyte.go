package model

// hasFourByte is whether a text holds a character outside the basic plane,
// such as an emoji: four bytes in UTF-8, which the server refuses everywhere
// (measured: 400).
func hasFourByte(text string) bool {
	for _, r := range text {
		if r > 0xffff {
			return true
		}
	}
	return false
}

// valueHasFourByte looks through a plain value, names of members included.
func valueHasFourByte(value any) bool {
	switch v := value.(type) {
	case string:
		return hasFourByte(v)
	case []any:
		for _, element := range v {
			if valueHasFourByte(element) {
				return true
			}
		}
	case map[string]any:
		for name, member := range v {
			if hasFourByte(name) || valueHasFourByte(member) {
				return true
			}
		}
	}
	return false
}
