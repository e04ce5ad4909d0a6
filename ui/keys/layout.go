package keys

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// OnLayout is a key as the bindings name it, whatever the keyboard's layout. Keys
// with ctrl or alt go by their place where their letter is not Latin, as the
// terminal tells it or as the usual layout of that script has it. A letter alone
// does so only where the terminal tells the place, and never while text is typed.
func OnLayout(k tea.KeyPressMsg, typing bool) tea.KeyPressMsg {
	if code, ok := keypad[k.Code]; ok {
		k.Code = code
	}
	base := k.BaseCode
	k.BaseCode = 0 // else Latin layouts would go by the place, too: ctrl+z of a German keyboard is ctrl+y by its place
	k.Mod &^= tea.ModCapsLock | tea.ModNumLock | tea.ModScrollLock
	switch {
	case isLatin(k.Code):
	case k.Mod&(tea.ModCtrl|tea.ModAlt) != 0:
		if !isLatin(base) {
			base = placeOf(k.Code)
		}
		if isLatin(base) {
			k.Code, k.ShiftedCode, k.Text = base, 0, ""
		}
	case !typing && isLatin(base) && unicode.IsLetter(k.Code):
		upper := k.Text != "" && k.Text != strings.ToLower(k.Text)
		k.Code, k.ShiftedCode, k.Text = base, 0, string(base)
		if upper {
			k.ShiftedCode = unicode.ToUpper(base)
			k.Text = string(k.ShiftedCode)
		}
	}
	return k
}

func isLatin(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// OnlyModifies reports whether a key is one that is held with others: where a terminal
// tells of all keys it tells of these as well.
func OnlyModifies(k tea.KeyPressMsg) bool {
	switch k.Code {
	case tea.KeyCapsLock, tea.KeyScrollLock, tea.KeyNumLock,
		tea.KeyLeftShift, tea.KeyLeftAlt, tea.KeyLeftCtrl, tea.KeyLeftSuper, tea.KeyLeftHyper, tea.KeyLeftMeta,
		tea.KeyRightShift, tea.KeyRightAlt, tea.KeyRightCtrl, tea.KeyRightSuper, tea.KeyRightHyper, tea.KeyRightMeta,
		tea.KeyIsoLevel3Shift, tea.KeyIsoLevel5Shift:
		return true
	}
	return false
}

// keypad are the keys beside the others: some protocols tell them apart.
var keypad = map[rune]rune{
	tea.KeyKpEnter: tea.KeyEnter, tea.KeyKpUp: tea.KeyUp, tea.KeyKpDown: tea.KeyDown, tea.KeyKpLeft: tea.KeyLeft,
	tea.KeyKpRight: tea.KeyRight, tea.KeyKpPgUp: tea.KeyPgUp, tea.KeyKpPgDown: tea.KeyPgDown, tea.KeyKpHome: tea.KeyHome,
	tea.KeyKpEnd: tea.KeyEnd, tea.KeyKpInsert: tea.KeyInsert, tea.KeyKpDelete: tea.KeyDelete,
}

// EscapeThen parts a key with alt into the escape key and the key: where a terminal
// sends alt as an escape before the key, the two keys look like one when they come in
// one packet. ok is false for a key without alt, and for one that alt gives a meaning.
func EscapeThen(k tea.KeyPressMsg, typing bool) (then tea.KeyPressMsg, ok bool) {
	named := k.Code > unicode.MaxRune || k.Code == tea.KeyBackspace
	if k.Mod&tea.ModAlt == 0 || named || typing && k.Mod == tea.ModAlt && strings.ContainsRune("bdf", OnLayout(k, typing).Code) {
		return k, false
	}
	k.Mod &^= tea.ModAlt
	if unicode.IsPrint(k.Code) && k.Mod&^tea.ModShift == 0 {
		k.Text = string(k.Code)
		if k.Mod == tea.ModShift {
			k.Text = strings.ToUpper(k.Text)
		}
	}
	return k, true
}

// places are the letters of the usual layouts, each where the Latin one is: for
// terminals that tell a letter with ctrl and not its place.
var places = []struct{ latin, letters string }{
	{"qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзфывапролдячсмить"}, // Russian
	{"so", "іў"}, // Ukrainian and Belarusian, where they differ
	{"wertyuiopasdfghjklzxcvbnm", "ςερτυθιοπασδφγηξκλζχψωβνμ"},   // Greek
	{"ertyuiopasdfghjklzxcvbnm", "קראטוןםפשדגכעיחלךזסבהנמצ"},     // Hebrew; q and w are / and '
	{"qwertyuiopasdfghjklzxcvnm", "ضصثقفغعهخحشسيبلاتنمئءؤرىة"},   // Arabic
	{"qwertyuiopasdfghjklzxcvbnm", "ๆไำพะัีรนยฟหกดเ้่าสผปแอิืท"}, // Thai
	{"qwertyuiopasdfghjklzxcvbnm", "ქწერტყუიოპასდფგჰჯკლზხცვბნმ"}, // Georgian
	{"qwertyuiopasdfghjklzxcvbnm", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"}, // Korean
}

var place = func() map[rune]rune {
	m := map[rune]rune{}
	for _, l := range places {
		latin := []rune(l.latin)
		for n, letter := range []rune(l.letters) {
			if _, known := m[letter]; !known {
				m[letter] = latin[n]
			}
		}
	}
	return m
}()

// placeOf is the Latin letter at the place of another; 0 where that is not known.
func placeOf(r rune) rune { return place[unicode.ToLower(r)] }
