package model

import (
	"encoding/hex"
	"reflect"
	"strings"
	"unicode/utf8"
)

// JSON cannot hold a byte that is no UTF-8, and encoding/json puts U+FFFD in
// its place; but a terminal may paste one, and what was typed is kept as it was
// typed. Such a byte becomes this code point, which stands for no character,
// and two hex digits; the code point itself is doubled.
const escapeMark = "\U0010FFFF"

// Escaped is a copy of a value in which no text, be it a key of a map, holds a
// byte that JSON cannot; changed is false where the value is without such bytes
// as it is. Raw JSON is left alone.
func Escaped[T any](value T) (escaped T, changed bool) {
	escaped = mapTexts(value, func(s string) string {
		if isPlainUTF8(s) {
			return s
		}
		changed = true
		return escapeText(s)
	})
	return escaped, changed
}

// Unescaped is the value that Escaped was given.
func Unescaped[T any](value T) T { return mapTexts(value, unescapeText) }

func isPlainUTF8(s string) bool {
	return utf8.ValidString(s) && !strings.Contains(s, escapeMark)
}

func escapeText(s string) string {
	var b strings.Builder
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			b.WriteString(escapeMark + hex.EncodeToString([]byte{s[0]}))
		case s[:size] == escapeMark:
			b.WriteString(escapeMark + escapeMark)
		default:
			b.WriteString(s[:size])
		}
		s = s[size:]
	}
	return b.String()
}

func unescapeText(s string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, escapeMark)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		s = after
		if rest, doubled := strings.CutPrefix(s, escapeMark); doubled {
			b.WriteString(escapeMark)
			s = rest
		} else if len(s) >= 2 {
			if raw, err := hex.DecodeString(s[:2]); err == nil {
				b.Write(raw)
				s = s[2:]
			}
		}
	}
}

// mapTexts is a copy of a value with every text in it, keys of maps among
// them, changed by f. Raw JSON is left alone: it keeps its bytes anyway.
func mapTexts[T any](value T, f func(string) string) T {
	v := reflect.ValueOf(&value).Elem()
	v.Set(mapped(v, f))
	return value
}

func mapped(v reflect.Value, f func(string) string) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	switch v.Kind() {
	case reflect.String:
		out.SetString(f(v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(reflect.New(v.Type().Elem()))
			out.Elem().Set(mapped(v.Elem(), f))
		}
	case reflect.Interface:
		if !v.IsNil() {
			out.Set(mapped(v.Elem(), f))
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 || v.IsNil() {
			return v
		}
		out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		for n := range v.Len() {
			out.Index(n).Set(mapped(v.Index(n), f))
		}
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		out.Set(reflect.MakeMapWithSize(v.Type(), v.Len()))
		for each := v.MapRange(); each.Next(); {
			out.SetMapIndex(mapped(each.Key(), f), mapped(each.Value(), f))
		}
	case reflect.Struct:
		out.Set(v)
		for n := range v.NumField() {
			if v.Type().Field(n).IsExported() {
				out.Field(n).Set(mapped(v.Field(n), f))
			}
		}
	default:
		return v
	}
	return out
}
