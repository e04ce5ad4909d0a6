package jsontext

import "slices"

// HasFourByte reports whether a text holds a character outside the basic plane,
// such as an emoji: four bytes in UTF-8, which the server refuses everywhere
// (measured: 400).
func HasFourByte(text string) bool {
	for _, r := range text {
		if r > 0xffff {
			return true
		}
	}
	return false
}

// ValueHasFourByte looks where the server looks: at a text, at each tag or
// location, and in objects, names included, but in no list within them.
func ValueHasFourByte(value any) bool {
	if list, isList := value.([]any); isList {
		return slices.ContainsFunc(list, memberHasFourByte)
	}
	return memberHasFourByte(value)
}

func memberHasFourByte(value any) bool {
	switch v := value.(type) {
	case string:
		return HasFourByte(v)
	case map[string]any:
		for name, member := range v {
			if HasFourByte(name) || memberHasFourByte(member) {
				return true
			}
		}
	}
	return false
}
