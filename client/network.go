package client

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/glance-tui/glance-tui/model/api"
)

// connectionFailure is what went wrong on the way to a service, for a person.
type connectionFailure struct {
	kind          api.FailureKind
	means, advice string
	reach         bool // the address may be the wrong one
}

// networkError explains why no answer came from a service ("Image service",
// "identity service").
func networkError(err error, target *url.URL, service string) connectionFailure {
	host := target.Host
	var dns *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return connectionFailure{api.FailedNetwork, fmt.Sprintf("Could not connect to %s through the proxy: %v.", host, op.Err), "Check HTTP_PROXY, HTTPS_PROXY and NO_PROXY.", false}
	case errors.As(err, &dns) && dns.IsNotFound:
		return connectionFailure{api.FailedNetwork, fmt.Sprintf("Unknown host %s.", target.Hostname()), "Check the spelling, and whether a VPN or another DNS server is needed.", true}
	case errors.As(err, &dns):
		return connectionFailure{api.FailedNetwork, fmt.Sprintf("Could not resolve %s.", target.Hostname()), "Check the network and DNS.", false}
	}
	if t, ok := tlsError(err, host); ok {
		return t
	}
	switch {
	case isErrno(err, syscall.ECONNREFUSED, 10061):
		return connectionFailure{api.FailedNetwork, fmt.Sprintf("Connection to %s refused.", hostPort(target)), "Check the host and port, and whether the " + service + " is running.", true}
	case isErrno(err, syscall.EHOSTUNREACH, 10065), isErrno(err, syscall.ENETUNREACH, 10051):
		return connectionFailure{api.FailedNetwork, fmt.Sprintf("No route to %s.", host), "Check the network, and whether a VPN is needed.", true}
	case isTimeout(err) && connecting(err):
		return connectionFailure{api.FailedNetwork, fmt.Sprintf("Connecting to %s timed out after %s.", hostPort(target), connectTime), "Check the address, the firewall, and whether a VPN is needed.", true}
	case isTimeout(err):
		return connectionFailure{api.FailedNetwork, fmt.Sprintf("%s accepted the connection but did not respond in time.", hostPort(target)), "Try again later, or ask the cloud operator.", false}
	case badLocation(err):
		return connectionFailure{api.FailedConfigured, fmt.Sprintf("%s redirects to an address that is not a URL.", host), "Check the address; a proxy may be responding instead.", true}
	case strings.Contains(err.Error(), "malformed HTTP"):
		if strings.Contains(err.Error(), `\x15\x03`) { // a TLS alert
			return connectionFailure{api.FailedConfigured, fmt.Sprintf("%s expects https, not http.", host), "Write https:// in the address.", false}
		}
		return connectionFailure{api.FailedConfigured, fmt.Sprintf("%s does not respond with HTTP.", hostPort(target)), "Check the host and port.", true}
	}
	return connectionFailure{api.FailedNetwork, fmt.Sprintf("The connection to %s was lost before the response was complete.", host), "Try again.", false}
}

// tlsError explains failures of a TLS handshake.
func tlsError(err error, host string) (connectionFailure, bool) {
	say := func(means, advice string) (connectionFailure, bool) {
		return connectionFailure{api.FailedNetwork, means, advice, false}, true
	}
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var record tls.RecordHeaderError
	text := err.Error()
	switch {
	case errors.As(err, &unknown):
		return say(fmt.Sprintf("The certificate of %s is not signed by a trusted CA.", host),
			"Set cacert (--os-cacert, OS_CACERT) to the CA's PEM file. --insecure would allow eavesdropping.")
	case errors.As(err, &name):
		return say(fmt.Sprintf("The certificate of %s is for other names: %s.", host, names(name.Certificate)),
			"Use one of those names in the address.")
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil:
		if time.Now().Before(invalid.Cert.NotBefore) {
			return say(fmt.Sprintf("The certificate of %s is not valid before %s.", host, invalid.Cert.NotBefore.Format(time.DateOnly)), "Check the clock of this machine.")
		}
		return say(fmt.Sprintf("The certificate of %s expired on %s.", host, invalid.Cert.NotAfter.Format(time.DateOnly)),
			"Ask the cloud operator to renew it, and check the clock of this machine.")
	case errors.As(err, &invalid):
		return say(fmt.Sprintf("The certificate of %s was rejected.", host), "Show the details below to the cloud operator.")
	case strings.Contains(text, "server gave HTTP response to HTTPS client"), errors.As(err, &record) && record.RecordHeader[0] == '<':
		// The second is a page without a head, as old servers answer what is no HTTP.
		return connectionFailure{api.FailedConfigured, fmt.Sprintf("%s speaks http, not https.", host), "Write http:// in the address, or the port on which the server speaks https.", true}, true
	case errors.As(err, &record):
		return connectionFailure{api.FailedConfigured, fmt.Sprintf("%s does not speak https.", host), "Check the scheme and port.", true}, true
	case strings.Contains(text, "protocol version"):
		return say(fmt.Sprintf("%s offers only outdated versions of TLS.", host), "Ask the cloud operator to enable TLS 1.2 or later.")
	case strings.Contains(text, "remote error: tls: no application protocol"):
		return connectionFailure{api.FailedConfigured, fmt.Sprintf("%s accepts HTTP/2 only. This program uses HTTP/1.1, in which a request is sent once.", host), "Ask the cloud operator to enable HTTP/1.1.", false}, true
	case strings.Contains(text, "remote error: tls: certificate required"), strings.Contains(text, "remote error: tls: handshake failure"):
		return say(fmt.Sprintf("%s requires a client certificate.", host), "Configure cert and key (--os-cert and --os-key, OS_CERT and OS_KEY).")
	case strings.Contains(text, "remote error: tls:"):
		return say(fmt.Sprintf("%s does not accept the client certificate, or the connection.", host), "Check cert and key (--os-cert and --os-key, OS_CERT and OS_KEY).")
	case strings.Contains(text, "tls:"), strings.Contains(text, "x509:"):
		return say(fmt.Sprintf("No encrypted connection to %s could be made.", host), "show the details below to the cloud's operators")
	}
	return connectionFailure{}, false
}

// refusedHandshake is a server's refusal of the client's certificate. With TLS
// 1.3 it arrives after the request was written, but the server has not read
// that.
func refusedHandshake(err error) bool {
	text := err.Error()
	return strings.Contains(text, "remote error: tls:") && strings.Contains(text, "certificate")
}

// names are those that a certificate is for, a few of them.
func names(cert *x509.Certificate) string {
	if cert == nil {
		return "unknown ones"
	}
	all := append([]string(nil), cert.DNSNames...)
	for _, ip := range cert.IPAddresses {
		all = append(all, ip.String())
	}
	switch {
	case len(all) == 0 && cert.Subject.CommonName != "":
		return clip(plainText(cert.Subject.CommonName), 80)
	case len(all) == 0:
		return "none at all"
	case len(all) > 4:
		all = append(all[:4], "…")
	}
	return clip(plainText(strings.Join(all, ", ")), 200)
}

// worthRepeating is whether a read may succeed a moment later: not when a name
// does not exist, a certificate is wrong, or the caller gave up.
func worthRepeating(err error) bool {
	var dns *net.DNSError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, errStalled), errors.Is(err, errReadOnly):
		return false
	case errors.As(err, &dns):
		return !dns.IsNotFound
	case isTimeout(err): // it was waited for long enough
		return false
	case strings.Contains(err.Error(), "malformed HTTP"), badLocation(err):
		return false
	}
	_, bad := tlsError(err, "")
	if bad {
		return false
	}
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || isErrno(err, syscall.ECONNRESET, 10054)
}

// badLocation is net/http's word for a redirect to something that is not a URL.
func badLocation(err error) bool {
	return strings.Contains(err.Error(), "failed to parse Location header")
}

// connecting is whether a time-out struck before there was a connection.
func connecting(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial" || strings.Contains(err.Error(), "TLS handshake timeout")
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

// isErrno knows an error of the system by its POSIX and its Windows number.
func isErrno(err error, posix syscall.Errno, windows uintptr) bool {
	return errors.Is(err, posix) || errors.Is(err, syscall.Errno(windows))
}

// plainToTLS knows how web servers answer http at their https port.
func plainToTLS(detail string) bool {
	return strings.Contains(detail, "HTTP request to an HTTPS server") || strings.Contains(detail, "plain HTTP request was sent to HTTPS port") ||
		strings.Contains(detail, "speaking plain HTTP to an SSL-enabled server port")
}

// hostPort names the port even where the URL leaves it to the scheme.
func hostPort(u *url.URL) string {
	if u.Port() != "" {
		return u.Host
	}
	if u.Scheme == "https" {
		return u.Host + ":443"
	}
	return u.Host + ":80"
}
