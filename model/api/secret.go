package api

// SecretNeeded is a failure to connect that the user can fix by typing a
// secret: the configuration leaves it out. Whoever can ask, asks, and connects
// again with the answer; for all others it is the Failure with its advice.
type SecretNeeded struct {
	// Key names the setting: "password", "passcode" or
	// "application_credential_secret".
	Key string
	// What it is for users: "password", "one-time code" …
	What string
	// Of is whose it is: a user or an application credential. Where is the
	// cloud or what it was configured by, AuthURL whom it is sent to.
	Of, Where, AuthURL string

	Failure *Failure
}

// Error is the failure's.
func (n *SecretNeeded) Error() string { return n.Failure.Error() }

// Unwrap gives the failure.
func (n *SecretNeeded) Unwrap() error { return n.Failure }

// Prompt asks for it in words: "Password of anna for cloud lab".
func (n *SecretNeeded) Prompt() string {
	text := n.What
	if text == "" {
		text = "secret"
	}
	text = string(text[0]-'a'+'A') + text[1:]
	if n.Of != "" {
		text += " of " + n.Of
	}
	return text + " for " + n.Where
}
