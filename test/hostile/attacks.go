package hostile

import (
	"strings"
	"unicode/utf8"
)

// Kind is what an attack is after.
type Kind string

// The kinds of attacks.
const (
	Controls  Kind = "control characters" // C0, DEL, C1
	Sequences Kind = "escape sequences"   // what a terminal obeys
	Order     Kind = "reading order"      // bidirectional controls
	Invisible Kind = "invisible"          // zero width, fillers, odd spaces, tags
	Encoding  Kind = "encoding"           // what is not UTF-8
	Widths    Kind = "width"              // what terminals count differently, floods of marks
	Shell     Kind = "shell"              // what a shell would run or expand
	Formats   Kind = "formats"            // what printf, templates, HTML, JSON or YAML would read
)

// Attack is one hostile text.
type Attack struct {
	Name string
	Kind Kind
	Text string
}

// Valid reports whether the text is UTF-8, so that JSON can carry it.
func (a Attack) Valid() bool { return utf8.ValidString(a.Text) }

// Attacks are the whole corpus, in a fixed order; names are unique.
func Attacks() []Attack {
	var all []Attack
	for _, group := range []struct {
		kind  Kind
		texts [][2]string
	}{
		{Controls, controls}, {Sequences, sequences}, {Order, order}, {Invisible, invisible},
		{Encoding, encoding}, {Widths, widths}, {Shell, shell}, {Formats, formats},
	} {
		for _, t := range group.texts {
			all = append(all, Attack{Name: t[0], Kind: group.kind, Text: t[1]})
		}
	}
	return all
}

// Texts are the texts of those attacks that keep has a use for; nil keeps all.
func Texts(keep func(Attack) bool) []string {
	var out []string
	for _, a := range Attacks() {
		if keep == nil || keep(a) {
			out = append(out, a.Text)
		}
	}
	return out
}

var controls = [][2]string{
	{"NUL", "nul\x00here"},
	{"bell", "ding\a\a\a"},
	{"backspaces", "admin\b\b\b\b\bguest"},
	{"tab", "a\tb\t\tc"},
	{"line feed", "two\nlines"},
	{"carriage return overprints", "dangerous\rharmless "},
	{"CR LF forges a line", "image\r\n● active  forged row"},
	{"vertical tab and form feed", "a\vb\fc"},
	{"shift out", "a\x0elqqk\x0f"},
	{"ENQ", "who\x05"},
	{"XOFF", "stop\x13"},
	{"CAN and SUB", "a\x18\x1ab"},
	{"DEL", "a\x7f\x7f"},
	{"unit separators", "a\x1c\x1d\x1e\x1fb"},
	{"every C0", c0()},
	{"NEL", "a\u0085b"},
	{"IND and RI", "a\u0084\u008db"},
	{"every C1", c1()},
}

var sequences = [][2]string{
	{"colors", "\x1b[31;5;7mred\x1b[0m"},
	{"conceal", "\x1b[8mnot to be seen\x1b[28m"},
	{"clear screen", "\x1b[2J\x1b[3J\x1b[H"},
	{"cursor home and overwrite", "\x1b[1;1Hglance-tui: all is well"},
	{"cursor up", "\x1b[20Aover there"},
	{"hide the cursor", "\x1b[?25l"},
	{"leave the alternate screen", "\x1b[?1049l"},
	{"mouse reports", "\x1b[?1003h\x1b[?1006h"},
	{"scroll region", "\x1b[5;6r"},
	{"insert mode", "\x1b[4h"},
	{"window size", "\x1b[8;10;10t\x1b[3;0;0t"},
	{"report of the title", "\x1b]2;touch x\a\x1b[21t"},
	{"cursor report", "\x1b[6n"},
	{"device attributes", "\x1b[c\x1b[>c"},
	{"full reset", "\x1bc"},
	{"soft reset", "\x1b[!p"},
	{"line drawing", "\x1b(0lqqqk\x1b(B"},
	{"screen alignment", "\x1b#8"},
	{"keypad mode", "\x1b="},
	{"window title", "\x1b]0;owned\a"},
	{"window title with ST", "\x1b]2;owned\x1b\\"},
	{"clipboard", "\x1b]52;c;dG91Y2ggeAo=\a"},
	{"clipboard read", "\x1b]52;c;?\a"},
	{"hyperlink", "\x1b]8;;https://evil.example/\x1b\\http://good.example/\x1b]8;;\x1b\\"},
	{"palette", "\x1b]4;0;#ffffff\a\x1b]10;#000000\a\x1b]11;#000000\a"},
	{"notification", "\x1b]9;owned\a\x1b]777;notify;owned;now\a"},
	{"working directory", "\x1b]7;file://evil/etc\a"},
	{"iTerm2 file", "\x1b]1337;File=inline=1:AAAA\a"},
	{"semantic prompt", "\x1b]133;A\a$ rm -rf /\x1b]133;C\a"},
	{"DECRQSS", "\x1bP$qm\x1b\\"},
	{"XTGETTCAP", "\x1bP+q544e\x1b\\"},
	{"user-defined keys", "\x1bP1;1|17/746f756368\x1b\\"},
	{"sixel", "\x1bPq#0;2;0;0;0#0~~@@vv@@~~$\x1b\\"},
	{"tmux passthrough", "\x1bPtmux;\x1b\x1b]52;c;AAAA\a\x1b\\"},
	{"kitty graphics", "\x1b_Ga=T,f=24,s=1,v=1;AAAA\x1b\\"},
	{"kitty keyboard", "\x1b[>31u"},
	{"APC", "\x1b_owned\x1b\\"},
	{"PM", "\x1b^owned\x1b\\"},
	{"SOS", "\x1bXowned\x1b\\"},
	{"unfinished CSI", "\x1b["},
	{"unfinished OSC", "\x1b]2;the rest of the screen is a title"},
	{"unfinished DCS", "\x1bP"},
	{"lone escape at the end", "name\x1b"},
	{"end of a bracketed paste", "\x1b[201~touch x\n"},
	{"8-bit CSI as UTF-8", "\u009b2J\u009b31m"},
	{"8-bit OSC as UTF-8", "\u009d0;owned\u009c"},
	{"8-bit DCS as UTF-8", "\u0090$qm\u009c"},
	{"8-bit APC as UTF-8", "\u009fGa=T;\u009c"},
}

var order = [][2]string{
	{"override", "invoice-\u202egpj.exe"},
	{"override and pop", "a\u202dbc\u202cd"},
	{"embedding", "\u202aabc\u202bdef\u202c"},
	{"isolates", "\u2066abc\u2067def\u2068ghi\u2069"},
	{"marks", "a\u200eb\u200fc\u061cd"},
	{"deprecated formats", "a\u206a\u206b\u206c\u206d\u206e\u206fb"},
	{"never closed", "safe\u202e\u2067 and what follows"},
}

var invisible = [][2]string{
	{"zero width space", "pay\u200bpal"},
	{"zero width joiners", "pay\u200cpal\u200d"},
	{"byte order mark", "\ufeffubuntu"},
	{"word joiner and operators", "a\u2060\u2061\u2062\u2063\u2064b"},
	{"soft hyphen", "ubun\u00adtu"},
	{"line and paragraph separators", "one\u2028two\u2029three"},
	{"no-break spaces", "a\u00a0b\u202fc\u2007d"},
	{"wide and thin spaces", "a\u3000b\u2003c\u200ad\u1680e\u205ff"},
	{"Hangul fillers", "\u3164\u115f\u1160\uffa0"},
	{"blank braille", "\u2800\u2800"},
	{"combining grapheme joiner", "a\u034fb"},
	{"Mongolian separators", "a\u180e\u180bb"},
	{"Khmer vowels that do not show", "a\u17b4\u17b5b"},
	{"tag characters", "image\U000e0041\U000e0042\U000e007f"},
	{"interlinear annotation", "a\ufff9b\ufffac\ufffb"},
	{"musical formats", "a\U0001d173\U0001d17ab"},
	{"only spaces", "   "},
	{"only invisible", "\u200b\u200b\u2060"},
	{"unassigned and private", "a\ue000\U000f0000\u0378\uffffb"},
}

var encoding = [][2]string{
	{"lone continuation bytes", "a\x80\xbfb"},
	{"8-bit CSI as a byte", "\x9b2J"},
	{"8-bit OSC as a byte", "\x9d0;owned\x9c"},
	{"overlong ESC", "\xc0\x9b[2J"},
	{"overlong slash", "\xe0\x80\xaf"},
	{"lone surrogates", "a\xed\xa0\x80\xed\xb0\x80b"},
	{"beyond Unicode", "\xf4\x90\x80\x80"},
	{"cut short", "caf\xc3"},
	{"Latin-1", "Gr\xfc\xdfe"},
	{"bytes FE and FF", "\xff\xfea\x00"},
	{"replacement character", "a\ufffdb"},
}

var widths = [][2]string{
	{"flood of marks", "z" + strings.Repeat("\u0336\u0321\u0322", 60) + "algo"},
	{"marks on nothing", "\u0301\u0302\u0303"},
	{"enclosing marks", "a\u20dd\u20dd\u20dd\u20dd\u20dd\u20ddb"},
	{"spacing marks on nothing", "\u0903\u093f"},
	{"flood of spacing marks", "\u0915" + strings.Repeat("\u093e", 80)},
	{"endless conjunct", strings.Repeat("\u0915\u094d", 80) + "\u0937"},
	{"family", "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466"},
	{"skin tone", "\U0001f44d\U0001f3fd"},
	{"emoji presentation", "\u2601\ufe0f\u2764\ufe0f"},
	{"text presentation", "\u231a\ufe0e"},
	{"keycap", "1\ufe0f\u20e3"},
	{"flags", "\U0001f1e9\U0001f1ea\U0001f1eb"},
	{"subdivision flag", "\U0001f3f4\U000e0067\U000e0062\U000e007f"},
	{"conjoining jamo", "\u1112\u1161\u11ab"},
	{"leading jamo alone", strings.Repeat("\u1112", 12)},
	{"vowels without a lead", "\u1161\u11ab\ud7b0"},
	{"Hangul tone marks", "가\u302e\u302f"},
	{"Indic conjuncts", "नमस्ते क्षत्रिय ക്ഷ"},
	{"Thai sara am", "กำน้ำ"},
	{"half width marks", "ｶﾞﾊﾟ"},
	{"ambiguous", "±·…●■→①"},
	{"wide at the edge", strings.Repeat("日本語", 30)},
	{"wide and narrow", strings.Repeat("日a", 40)},
	{"disputed symbols", "☰⚊䷀㉈𝌀𝍠"},
	{"newer than terminals", "\U0001f6dc\U0001fae8\U0001fa77"},
	{"long without a break", strings.Repeat("x", 255)},
	{"ligatures of many letters", "﷽ﷺ⸻𒐫"},
}

var shell = [][2]string{
	{"command substitution", "$(touch x)"},
	{"backquotes", "`touch x`"},
	{"end of command", "a; touch x; #"},
	{"pipe and background", "a | touch x & touch x"},
	{"and, or", "a && touch x || touch x"},
	{"single quote closes", "'; touch x; '"},
	{"double quote closes", "\"; touch x; \""},
	{"end of our own printf", "')\"; touch x; \"$(printf '"},
	{"line of its own", "a\ntouch x\n"},
	{"interrupt and a line", "\x03\ntouch x\n"},
	{"end of file and a line", "\x04touch x\r"},
	{"quoted control characters", "'\x03touch x\n'"},
	{"redirections", ">x <y 2>&1"},
	{"globs and braces", "* ? [a-z]* {a,b} ~ ~root"},
	{"variables", "$HOME ${PATH} $OS_TOKEN $((1+1))"},
	{"history", "!! !$ !touch a!b"},
	{"option", "--help"},
	{"option with a command", "-o ProxyCommand=touch${IFS}x"},
	{"comment", "#name"},
	{"equals", "=ls"},
	{"backslashes", `\a\\ \n \'`},
	{"ANSI-C quotes", `$'\x74ouch' x`},
	{"here document", "<<EOF\ntouch x\nEOF\n"},
	{"process substitution", "<(touch x)"},
	{"curl reads a file", "@/etc/passwd"},
	{"curl globs", "[1-100]{a,b}"},
}

var formats = [][2]string{
	{"printf verbs", "%s%n%x%!d(MISSING)%"},
	{"template", "{{.}}{{call .X}}${x}#{x}"},
	{"markup", "<script>alert(1)</script><b>x</b>&amp;"},
	{"JSON closes", `","op":"remove","path":"/locations/0"},{"x":"`},
	{"JSON escapes", `\u001b[2J\u202e`},
	{"pointer", "/~0~1/../-"},
	{"YAML", "!!python/object:os.system\n- &a *a"},
	{"SQL", "'; DROP TABLE images; --"},
	{"header", "x\r\nX-Auth-Token: forged"},
	{"path", "../../../../etc/passwd"},
	{"nothing", ""},
}

func c0() string {
	var b strings.Builder
	for r := rune(1); r < ' '; r++ {
		b.WriteRune(r)
	}
	return b.String()
}

func c1() string {
	var b strings.Builder
	for r := rune(0x80); r < 0xa0; r++ {
		b.WriteRune(r)
	}
	return b.String()
}
