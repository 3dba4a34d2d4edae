package message

import (
	"net/url"
	"strings"
)

// maxLink bounds an address within a text. Longer ones eat the text's room,
// and are mostly tracking.
const maxLink = 512

// LinkURL returns an address that can be put behind a title, an image or a
// masked link, or "" where it can't: only http and https, with a host, without
// name and password (they disguise the host), at most MaxURL long. Every
// character that could end a masked link early is percent-encoded.
func LinkURL(raw string) string {
	raw = strings.TrimSpace(raw)
	if len(raw) > MaxURL || !strings.HasPrefix(strings.ToLower(head(raw, 8)), "http") {
		return ""
	}
	u, err := url.Parse(raw)
	if err != nil || u.Opaque != "" || !validHost(u.Hostname()) {
		return ""
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	u.User = nil
	s := encode(u.String())
	if len(s) > MaxURL {
		return ""
	}
	return s
}

// validHost reports whether a host holds only what stands in a name or an IPv4
// address. Names in other scripts reach us in their ASCII form; raw they are
// refused, since what a reader sees need not be where it leads.
func validHost(host string) bool {
	if host == "" || len(host) > 253 {
		return false
	}
	for i := range len(host) {
		c := host[i]
		if c != '.' && c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}

// encode percent-encodes what is not plainly part of an address.
func encode(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("()<>[]{}|\\^`\"'*", c) >= 0 {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// brackets in a label would end it: Discord's escape does not reach there.
var noBrackets = strings.NewReplacer("[", "(", "]", ")")

// MaskedLink writes a link with a foreign label, cut to n units of [Len]. An
// address that [LinkURL] refuses, or that is longer than 512, leaves the label
// alone.
func MaskedLink(label, address string, n int) string {
	u := LinkURL(address)
	if u == "" || len(u) > maxLink {
		return EscapeTo(label, n)
	}
	label = EscapeTo(noBrackets.Replace(label), n)
	if label == "" {
		return ""
	}
	return "[" + label + "](" + u + ")"
}

// CitationLink writes the citation "[n]" as a link to its article, or as plain
// text where the address is none.
func CitationLink(n, address string) string {
	if u := LinkURL(address); u != "" && len(u) <= maxLink {
		return "[[" + n + "]](" + u + ")"
	}
	return `\[` + n + `\]`
}
