package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"newsdesk/internal/pattern"
)

// finding is a problem before its line is known.
type finding struct{ key, text string }

// slugWord is a word of a topic: small letters, those of scripts that have no
// capital ones among them, with their marks, and digits.
const slugWord = `[\p{Ll}\p{Lo}\p{Lm}\p{N}][\p{Ll}\p{Lo}\p{Lm}\p{N}\p{M}]*`

var (
	slug      = pattern.MustCompile(`^` + slugWord + `(-` + slugWord + `)*$`)
	snowflake = pattern.MustCompile(`^[0-9]{1,20}$`)
)

// Slug reports whether s can name a topic: lower-case letters of any script, digits
// and single hyphens between them.
func Slug(s string) bool { return utf8.RuneCountInString(s) <= 40 && slug.MatchString(s) }

// check returns everything wrong with values that were read.
func (c *Config) check() []finding {
	var out []finding
	add := func(key, format string, args ...any) {
		out = append(out, finding{key, fmt.Sprintf(format, args...)})
	}
	span := func(key string, d Duration, low, high time.Duration) {
		if v := time.Duration(d); v < low || v > high {
			add(key, "must be between %s and %s", Duration(low), Duration(high))
		}
	}
	number := func(key string, n, low, high int) {
		if n < low || n > high {
			add(key, "must be between %d and %d", low, high)
		}
	}
	switch {
	case c.Database.Path == "":
		add("database.path", "must name a file, such as newsdesk.db")
	case postgresURL(c.Database.Path):
		add("database.path", "must name a file: the address of a PostgreSQL database goes into database.url")
	}
	if u := c.Database.URL.Reveal(); u != "" && !postgresURL(u) {
		add("database.url", "must be the address of a PostgreSQL database, such as postgres://user:password@host:5432/name")
	}
	if c.Discord.APIURL != "" && !httpURL(c.Discord.APIURL) {
		add("discord.api_url", "must be an http or https address, such as http://127.0.0.1:8080/api")
	}
	number("discord.feeds_per_server", c.Discord.FeedsPerServer, 0, 1000)
	if t := c.Discord.Token.Reveal(); strings.ContainsAny(t, " \t\r\n") {
		add("discord.token", "holds blanks: copy the token alone, without \"Bot\" before it")
	}
	if c.Poll.Interval != 0 {
		span("poll.interval", Duration(c.Poll.Interval), 5*time.Second, 24*time.Hour)
	}
	number("poll.initial_posts", c.Poll.InitialPosts, 0, 50)
	number("posts.per_hour", c.Posts.PerHour, 0, 100)
	number("poll.concurrency", c.Poll.Concurrency, 1, 1024)
	span("http.timeout", c.HTTP.Timeout, time.Second, 5*time.Minute)
	number("http.per_host", c.HTTP.PerHost, 1, 16)
	if strings.ContainsAny(c.HTTP.Contact, "\r\n") || len(c.HTTP.Contact) > 200 {
		add("http.contact", "must be one line of at most 200 characters, such as https://example.org/bot")
	}
	c.WebSub.check(add)
	number("summary.facts", c.Summary.Facts, 3, 5)
	if l := c.Metrics.Listen; l != "" {
		if _, _, err := net.SplitHostPort(l); err != nil {
			add("metrics.listen", "must be an address and a port, such as 127.0.0.1:9600")
		}
	}
	c.LLM.check(add, span, number)
	if host, _, err := net.SplitHostPort(c.Preview.Listen); err != nil {
		add("preview.listen", "must be an address and a port, such as 127.0.0.1:8600")
	} else if a, err := netip.ParseAddr(host); host != "localhost" && (err != nil || !a.IsLoopback()) {
		add("preview.listen", "must be a loopback address such as 127.0.0.1: the page has no log-in")
	}
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, c.Log.Level) {
		add("log.level", "must be debug, info, warn or error")
	}
	if !slices.Contains([]string{"text", "json"}, c.Log.Format) {
		add("log.format", "must be text or json")
	}
	c.checkFeeds(add)
	for i, s := range c.Subscriptions {
		key := fmt.Sprintf("subscriptions[%d]", i)
		if !snowflake.MatchString(s.Channel) {
			add(key+".channel", "must be a channel's id, a number: in Discord, turn on Developer Mode, then right-click the channel > Copy Channel ID")
		}
		if len(s.Topics) == 0 {
			add(key+".topics", `must name at least one topic, or "all"`)
		}
		for _, t := range s.Topics {
			if !Slug(t) {
				add(key+".topics", "%q is no topic: use lower-case letters, digits and hyphens", t)
			}
		}
	}
	return out
}

// check looks at the section on hubs.
func (w WebSub) check(add func(key, format string, args ...any)) {
	if _, _, err := net.SplitHostPort(w.Listen); err != nil {
		add("websub.listen", "must be an address and a port, such as 127.0.0.1:8601")
	}
	if w.CallbackURL == "" {
		return
	}
	u, err := url.Parse(w.CallbackURL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		add("websub.callback_url", "must be an address that hubs can reach, without a query, such as https://news.example.org/websub")
	}
}

// check looks at the language model's section. What only matters with a model is
// left alone where there is none.
func (l LLM) check(add func(key, format string, args ...any), span func(string, Duration, time.Duration, time.Duration), number func(string, int, int, int)) {
	if !slices.Contains([]string{"", "openai", "anthropic"}, l.Provider) {
		add("llm.provider", `must be "openai" (for every server that speaks its protocol), "anthropic", or "" for no model`)
	}
	if l.Provider != "" && l.Model == "" {
		add("llm.model", "must name the model, as its server does")
	}
	if len(l.Model) > 200 || strings.ContainsFunc(l.Model, unicode.IsControl) {
		add("llm.model", "must be one line of at most 200 characters")
	}
	if l.BaseURL != "" {
		if u, err := url.Parse(l.BaseURL); !httpURL(l.BaseURL) || err != nil || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			add("llm.base_url", "must be an http or https address without a password, such as http://127.0.0.1:11434/v1")
		}
	}
	if strings.ContainsFunc(l.APIKey.Reveal(), func(r rune) bool { return r <= ' ' || r > '~' }) {
		add("llm.api_key", "holds blanks or characters that no key has: copy the key alone")
	}
	span("llm.timeout", l.Timeout, time.Second, 5*time.Minute)
	number("llm.concurrency", l.Concurrency, 1, 64)
	amount := func(key string, v, high float64) {
		if !(v >= 0 && v <= high) { // also false for NaN
			add(key, "must be between 0 and %g", high)
		}
	}
	amount("llm.daily_cap", l.DailyCap, 1e6)
	amount("llm.daily_cap_per_server", l.ServerCap, 1e6)
	seen := map[string]bool{}
	for i, p := range l.Prices {
		key := fmt.Sprintf("llm.prices[%d]", i)
		if p.Model == "" || seen[p.Model] {
			add(key+".model", "must name a model that has no other price")
		}
		seen[p.Model] = true
		amount(key+".input", p.Input, 1e5)
		amount(key+".output", p.Output, 1e5)
	}
	if _, priced := l.Price(); l.Provider != "" && l.Model != "" && l.DailyCap > 0 && !priced {
		add("llm.daily_cap", "a cap needs the price of %q: add it to [[llm.prices]] (0 for a model of your own), or set the cap to 0", l.Model)
	}
}

func (c *Config) checkFeeds(add func(key, format string, args ...any)) {
	seen, topics := make(map[string]int, len(c.Feeds)), map[string]bool{} // topics: those that may be named
	for i := range c.Feeds {
		f := &c.Feeds[i]
		add := func(key, format string, args ...any) { add(fmt.Sprintf("feeds[%d]", i)+key, format, args...) }
		if f.Topic == "" {
			f.Topic = DefaultTopic
		}
		if !httpURL(f.URL) {
			add(".url", "must be the feed's http or https address")
		}
		if first, dup := seen[f.URL]; dup {
			add(".url", "the same address stands in feed %d already: remove one", first+1)
		} else {
			seen[f.URL] = i
		}
		switch {
		case topics[f.Topic]:
		case Slug(f.Topic) && f.Topic != "all":
			topics[f.Topic] = true
		default:
			add(".topic", "%q is no topic: use lower-case letters, digits and hyphens, such as middle-east", f.Topic)
		}
		if utf8.RuneCountInString(f.Name) > 100 {
			add(".name", "must be at most 100 characters")
		}
	}
	for _, t := range c.Catalogue.Topics {
		if !Slug(t) {
			add("catalogue.topics", "%q is no topic: use lower-case letters, digits and hyphens, such as middle-east", t)
		}
	}
}

func postgresURL(s string) bool {
	return strings.HasPrefix(s, "postgres://") || strings.HasPrefix(s, "postgresql://")
}

func httpURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
