package words_test

// where is what a rule is for.
type where int

const (
	texts    where = 1 << iota // string literals: what users read, and what tests look for
	comments                   // in Go
	docs                       // Markdown
	names                      // declared in Go

	prose = texts | comments | docs
	all   = prose | names
)

// rule is a word, or several, that are out.
type rule struct {
	out string // a regular expression for whole words, in lower case; a space is any white space
	use string
	in  where
	// right are expressions like out, in which the word is used in another sense.
	right []string
	// sample is a text that the rule must find; out itself where it is one.
	sample string
}

// rules are the words that are out, and what to use.
var rules = []rule{
	// An edit and what becomes of it.
	{out: "unsent edits?", use: "draft", in: all, sample: "an unsent edit"},
	{out: "ways? back", use: "undo", in: all, sample: "wayBack"},
	{out: "(take|takes|taken|taking|took)( it| them| an edit| the edit)? back", use: "undo", in: all, sample: "takeBack"},
	{out: "(carry|carries|carried|carrying)( \\w+)? out", use: "apply (an edit), process (a request), run", in: all, sample: "was carried out"},
	{out: "came through", use: "applied", in: all},
	{out: "(say|says|said) yes|the yes", use: "accepts (a server), confirms (a user)", in: all, sample: "the server said yes"},
	{out: "no answer|never came|never answered", use: "no response", in: all, sample: "no answer"},
	{out: "(on|upon) (its|their) way", use: "in progress, in flight", in: all, sample: "on its way"},
	{out: "under way|underway", use: "in progress", in: all, sample: "underway"},
	{out: "undid", use: "overwrote (a lost update), reverted", in: all},
	{
		out: "undone", use: "overwritten (a lost update)", in: all,
		right: []string{"(be|is|are|was|were|been|being|cannot be|not) undone"},
	},
	{out: "(write|writes|wrote|written|writing) over", use: "overwrite", in: all, sample: "wrote over"},
	{out: "clash(es|ed)?", use: "conflict", in: all, sample: "clashes"},
	{out: "foret(old|ell|ells|elling)", use: "predict", in: all, sample: "foretold"},
	{out: "lasts only until", use: "is lost when", in: prose},
	{out: "taken? up|takes up|took up|go on with it|goes on with it", use: "open, continue (a draft)", in: prose, sample: "taken up", right: []string{"(took|taken?|takes) up to"}},

	// Who and what.
	{out: "somebody|somebody else", use: "someone (else), another edit", in: all, sample: "somebody"},
	{out: "nobody", use: "no one, no user, nothing; or say it in the passive", in: all},
	{out: "anybody", use: "anyone", in: all},
	{out: "everybody", use: "everyone, all users", in: all},
	{out: "whoever|whom", use: "the user, the cloud operator; or another sentence", in: texts | docs, sample: "whoever"},
	{out: "persons?|people", use: "user", in: all, sample: "a person"},
	{out: "folders?", use: "directory", in: all, sample: "folder"},
	{out: "foreign (text|texts|string|strings)", use: "untrusted text", in: all, sample: "foreignText"},
	{out: "catalogues?", use: "catalog", in: all, sample: "catalogue"},

	// Pictures.
	{out: "anew|afresh", use: "again, from scratch", in: all, sample: "anew"},
	{
		out: "stands?|stood", use: "is, is stored, contains", in: prose, sample: "it stands there",
		right: []string{"stands? for", "stands? out", "stood out", "stand-ins?", "stands? by", "stands? in for"},
	},
	{out: "lies", use: "is, is stored", in: prose},
	{out: "for good", use: "permanently", in: prose, right: []string{"for good (reasons?|measure)"}},
	{out: "the house|houses|rooms", use: "the repository, the packages", in: all, sample: "the house"},
	{out: "trouble", use: "error, failure", in: all},
	{out: "in sight", use: "visible, on the screen", in: all},
	{out: "in motion", use: "transitional: the server is changing the image", in: all, right: []string{"(set|sets) in motion"}},
	{out: "mend|mends|mended|mending", use: "fix", in: all, sample: "mend"},
	{out: "verdicts?", use: "class, result, summary", in: all, sample: "verdict"},
	{out: "desk", use: "what it is: a client, a fake clipboard", in: all},
	{out: "warehouse", use: "blob store", in: all},
	{out: "patience", use: "timeout", in: all},
	{out: "yardstick", use: "lower bound", in: all},
	{out: "crumb", use: "breadcrumb", in: all},
	{out: "culprits?", use: "failed operation", in: all, sample: "culprit"},
	{out: "checkup", use: "existence check", in: all},
	{out: "overtaken", use: "superseded; adopted by another program", in: all},
	{out: "rumou?red", use: "reported by the list", in: all, sample: "rumoured"},
	{out: "scolded", use: "tried too early", in: all},
	{out: "is whether|are whether|is true where|is true when", use: "reports whether", in: comments, sample: "x is whether"},

	// US spelling, as in OpenStack and Go.
	{
		out: "\\w*colour\\w*|behaviour\\w*|favour\\w*|honour\\w*|neighbour\\w*|centred?|grey|licenc\\w+|defence|cancell(ed|ing)|journall(ed|ing)|labell(ed|ing)|" +
			"modell(ed|ing)|signall(ed|ing)|travell\\w+|analyse\\w*|artefacts?|whilst|" +
			"(recogn|normal|initial|serial|organ|optim|minim|maxim|summar|canonical|capital|custom|author|synchron|util|general|special|standard|final|priorit|random|token|sanit)is(e|ed|es|ing|ation)",
		use: "US spelling", in: all, sample: "colours",
	},
}
