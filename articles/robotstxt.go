package articles

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
)

const (
	// maxRobots is how much of a robots.txt is read, in bytes; RFC 9309 asks for
	// as much at least.
	maxRobots = 500 << 10
	// maxCrawlDelay bounds the pause between two pages that a site may ask for.
	maxCrawlDelay = 30 * time.Second
)

// robotRules are what a robots.txt says to one robot, after RFC 9309. Empty
// ones allow everything.
//
// They are read by us because the libraries for it take a robot called "news"
// for one called "newsdesk", reject a file for one bad line, match "/*.php"
// anywhere in an address, and compile an expression for each rule.
type robotRules struct {
	rules []robotRule
	delay time.Duration // between two pages, 0 where none is asked for
	size  int           // bytes
}

type robotRule struct {
	allow   bool
	pattern string // as normalPath writes it, with * and a final $
}

// parseRobots reads what a robots.txt says to the robot with this product
// token. Lines that are no rules are passed over.
func parseRobots(text []byte, token string) *robotRules {
	text = bytes.TrimPrefix(text[:min(len(text), maxRobots)], []byte("\xef\xbb\xbf"))
	var own, all robotRules
	named := false       // a group names the robot
	var into *robotRules // of the group at hand, nil where it is another's
	heading := false     // the line before named a robot
	for line := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = bytes.Cut(line, []byte("#"))
		key, value, found := strings.Cut(string(line), ":")
		if !found {
			continue
		}
		value = strings.TrimSpace(value)
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "user-agent", "useragent":
			if !heading {
				into = nil
			}
			heading = true
			switch {
			case strings.EqualFold(productOf(value), token):
				into, named = &own, true
			case value == "*" && into == nil:
				into = &all
			}
		case "allow", "disallow":
			heading = false
			if into != nil && value != "" {
				into.add(strings.EqualFold(strings.TrimSpace(key), "allow"), value)
			}
		case "crawl-delay":
			heading = false
			if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 && into != nil {
				into.delay = time.Duration(math.Min(s, maxCrawlDelay.Seconds()) * float64(time.Second))
			}
		}
	}
	if named {
		return &own
	}
	return &all
}

// productOf returns the product token of a robot's name: "Newsdesk/1.2" is
// Newsdesk.
func productOf(name string) string {
	for i, r := range name {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_') {
			return name[:i]
		}
	}
	return name
}

func (r *robotRules) add(allow bool, pattern string) {
	if pattern[0] != '/' && pattern[0] != '*' {
		pattern = "/" + pattern
	}
	pattern = normalPath(pattern)
	r.rules = append(r.rules, robotRule{allow, pattern})
	r.size += len(pattern) + 24
}

// allows tells whether a page may be read. path is its escaped path with the
// query. The longest pattern decides, of equals the one that allows.
func (r *robotRules) allows(path string) bool {
	path = normalPath(path)
	longest, allowed := -1, true
	for _, rule := range r.rules {
		if n := len(rule.pattern); (n > longest || n == longest && rule.allow) && matches(rule.pattern, path) {
			longest, allowed = n, rule.allow
		}
	}
	return allowed
}

// matches tells whether a pattern matches the beginning of a path, all of it
// where the pattern ends with $.
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	first, rest, starred := strings.Cut(pattern, "*")
	if !strings.HasPrefix(path, first) {
		return false
	}
	path = path[len(first):]
	for starred {
		var part string
		part, rest, starred = strings.Cut(rest, "*")
		if !starred && whole {
			return strings.HasSuffix(path, part)
		}
		i := strings.Index(path, part)
		if i < 0 {
			return false
		}
		path = path[i+len(part):]
	}
	return !whole || path == ""
}

// normalPath writes a path so that equal ones compare: characters that need no
// escape stand for themselves, all others are escaped in capitals.
func normalPath(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				i += 2
				if c = byte(v); unreserved(c) {
					b.WriteByte(c)
				} else {
					b.Write([]byte{'%', hex[c>>4], hex[c&15]})
				}
				continue
			}
		}
		if c > ' ' && c < 0x7f {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return b.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
