// Package config reads the operator's configuration: one TOML file, strict,
// with a default for every key. [Load] reports everything that is wrong at
// once, each problem with its line, and never prints a secret.
//
// A secret may stand in the file, in a file of its own, or in the environment;
// the environment wins:
//
//	NEWSDESK_DATABASE_URL     database.url
//	NEWSDESK_DISCORD_TOKEN    discord.token
//	NEWSDESK_LLM_API_KEY      llm.api_key
package config

import (
	"cmp"
	"encoding"
	"net/netip"
	"time"
)

// Config is everything an operator can set. The zero value is not valid: start
// from [Default].
type Config struct {
	Database      Database       `toml:"database"`
	Discord       Discord        `toml:"discord"`
	Poll          Poll           `toml:"poll"`
	HTTP          HTTP           `toml:"http"`
	WebSub        WebSub         `toml:"websub"`
	Summary       Summary        `toml:"summary"`
	Posts         Posts          `toml:"posts"`
	LLM           LLM            `toml:"llm"`
	Preview       Preview        `toml:"preview"`
	Log           Log            `toml:"log"`
	Metrics       Metrics        `toml:"metrics"`
	Catalogue     Catalogue      `toml:"catalogue"`
	Feeds         []Feed         `toml:"feeds"`
	Subscriptions []Subscription `toml:"subscriptions"`
}

// Database says where everything is stored: in a file, unless there is an
// address.
type Database struct {
	Path    string `toml:"path"`     // an SQLite file, made at the first start
	URL     Secret `toml:"url"`      // the address of a PostgreSQL database, which may hold its password
	URLFile string `toml:"url_file"` // a file that holds nothing but the address
}

// DSN is what store.Open takes: the address, else the path. It may hold a
// password.
func (d Database) DSN() string { return cmp.Or(d.URL.Reveal(), d.Path) }

// Discord says how the bot reaches Discord. Without a token it posts to the
// preview page.
type Discord struct {
	Token     Secret `toml:"token"`
	TokenFile string `toml:"token_file"` // a file that holds nothing but the token
	APIURL    string `toml:"api_url"`    // another API base, such as a REST proxy's; "" is Discord's own
	// FeedsPerServer is how many feeds a server may add with /feed add, 0 to 1000;
	// 0 switches it off.
	FeedsPerServer int `toml:"feeds_per_server"`
}

// Poll says how feeds are read.
type Poll struct {
	Interval     Interval `toml:"interval"`      // between two polls of a feed: 5 s to 24 h, or 0 for each feed's own rhythm
	InitialPosts int      `toml:"initial_posts"` // how many of a feed's newest items may be posted at its first poll, 0 to 50
	Concurrency  int      `toml:"concurrency"`   // feeds polled at once, 1 to 1024
}

// HTTP bounds every request for a feed or a page.
type HTTP struct {
	Timeout      Duration `toml:"timeout"`       // for a whole request, 1 s to 5 min
	PerHost      int      `toml:"per_host"`      // requests at once to one host, 1 to 16
	AllowPrivate []Prefix `toml:"allow_private"` // address ranges that would otherwise be refused
	Contact      string   `toml:"contact"`       // an address for the operators of the sites that are read
}

// Summary says how much of an event is shown.
type Summary struct {
	Facts int `toml:"facts"` // key facts an event, 3 to 5
}

// Posts bounds what is posted.
type Posts struct {
	PerHour int `toml:"per_hour"` // most new messages an hour in a channel, 1 to 100; 0 is no limit
}

// LLM names a language model that words the key facts. Without a provider none
// is used.
type LLM struct {
	Provider    string   `toml:"provider"`             // "", "openai" (any server that speaks its protocol) or "anthropic"
	Model       string   `toml:"model"`                // as the server names it
	BaseURL     string   `toml:"base_url"`             // "" is the provider's own
	APIKey      Secret   `toml:"api_key"`              // "" where the server wants none
	APIKeyFile  string   `toml:"api_key_file"`         // a file that holds nothing but the key
	Timeout     Duration `toml:"timeout"`              // for one article, waiting and repetitions included, 1 s to 5 min
	Concurrency int      `toml:"concurrency"`          // requests at once, 1 to 64
	DailyCap    float64  `toml:"daily_cap"`            // most that a day (UTC) may cost, in the unit of the prices; 0 is no cap
	ServerCap   float64  `toml:"daily_cap_per_server"` // the same for the feeds that a server adds by itself
	Prices      []Price  `toml:"prices"`               // what the models cost
}

// Price is what a model costs, for a million tokens, in any one unit of money.
type Price struct {
	Model  string  `toml:"model"`
	Input  float64 `toml:"input"`
	Output float64 `toml:"output"`
}

// Price returns the price of the model in use, and whether there is one.
func (l LLM) Price() (Price, bool) {
	for _, p := range l.Prices {
		if p.Model == l.Model {
			return p, true
		}
	}
	return Price{}, false
}

// Preview is the local page that shows the channels.
type Preview struct {
	Listen string `toml:"listen"` // a loopback address and port
}

// Log says what is written to standard error.
type Log struct {
	Level  string `toml:"level"`  // debug, info, warn or error
	Format string `toml:"format"` // text or json
}

// WebSub is how hubs reach the program, so that feeds push what is new.
type WebSub struct {
	CallbackURL string `toml:"callback_url"` // the public address that leads to Listen; "" asks no hub
	Listen      string `toml:"listen"`       // an address and port
}

// Metrics is where the program tells other programs how it does.
type Metrics struct {
	Listen string `toml:"listen"` // an address and port, "" for nowhere
}

// Catalogue is the starter list of feeds that the program carries.
type Catalogue struct {
	Topics []string `toml:"topics"` // whose feeds are followed beside those in [[feeds]]
}

// Feed is a source that is followed.
type Feed struct {
	URL   string `toml:"url"`
	Name  string `toml:"name"`  // as readers see it; "" takes the feed's own title
	Topic string `toml:"topic"` // "" is "news"
}

// Subscription lets a channel follow topics from the start; more can be added
// from Discord with /subscribe.
type Subscription struct {
	Channel string   `toml:"channel"` // Discord's id of the channel
	Topics  []string `toml:"topics"`  // "all" is every topic
}

// DefaultTopic is the topic of a feed that names none.
const DefaultTopic = "news"

// Default returns the configuration of a program that was given none.
func Default() Config {
	return Config{
		Database: Database{Path: "newsdesk.db"},
		Discord:  Discord{FeedsPerServer: 50},
		Poll:     Poll{InitialPosts: 0, Concurrency: 256},
		HTTP:     HTTP{Timeout: Duration(30 * time.Second), PerHost: 2, AllowPrivate: []Prefix{}},
		WebSub:   WebSub{Listen: "127.0.0.1:8601"},
		Summary:  Summary{Facts: 5},
		Posts:    Posts{PerHour: 6},
		LLM:      LLM{Timeout: Duration(20 * time.Second), Concurrency: 2, DailyCap: 1, ServerCap: 0.1},
		Preview:  Preview{Listen: "127.0.0.1:8600"},
		Log:      Log{Level: "info", Format: "text"},
		Catalogue: Catalogue{
			Topics: []string{},
		},
	}
}

// Secret is a string that prints as REDACTED, in logs, in errors and in JSON.
// Call Reveal where it is used.
type Secret string

const redacted = "REDACTED"

// Reveal returns the secret itself.
func (s Secret) Reveal() string { return string(s) }

// String returns REDACTED, or "" where there is no secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// GoString is String, for %#v.
func (s Secret) GoString() string { return `"` + s.String() + `"` }

// MarshalText is String: a printed configuration shows no secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Duration is a time span written as "90s", "10m" or "6h".
type Duration time.Duration

// UnmarshalText reads Go's notation of durations.
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	if err != nil {
		return errNotDuration
	}
	*d = Duration(v)
	return nil
}

// MarshalText writes the shortest usual form: 10m, not 10m0s.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// String writes the shortest usual form: 10m, not 10m0s.
func (d Duration) String() string {
	v := time.Duration(d)
	switch {
	case v != 0 && v%time.Hour == 0:
		return itoa(int64(v/time.Hour)) + "h"
	case v != 0 && v%time.Minute == 0:
		return itoa(int64(v/time.Minute)) + "m"
	default:
		return v.String()
	}
}

// Interval is a Duration, or "auto", which is 0.
type Interval time.Duration

// UnmarshalText reads "auto" or a time span.
func (i *Interval) UnmarshalText(b []byte) error {
	if string(b) == "auto" {
		*i = 0
		return nil
	}
	var d Duration
	if err := d.UnmarshalText(b); err != nil || d == 0 {
		return errNotInterval
	}
	*i = Interval(d)
	return nil
}

// MarshalText is the reverse.
func (i Interval) MarshalText() ([]byte, error) {
	if i == 0 {
		return []byte("auto"), nil
	}
	return Duration(i).MarshalText()
}

// Prefix is a range of addresses, written as "127.0.0.0/8" or as one address.
type Prefix struct{ netip.Prefix }

// UnmarshalText reads a range or a single address.
func (p *Prefix) UnmarshalText(b []byte) error {
	if v, err := netip.ParsePrefix(string(b)); err == nil {
		p.Prefix = v.Masked()
		return nil
	}
	a, err := netip.ParseAddr(string(b))
	if err != nil {
		return errNotPrefix
	}
	p.Prefix = netip.PrefixFrom(a, a.BitLen())
	return nil
}

var (
	_ encoding.TextUnmarshaler = (*Duration)(nil)
	_ encoding.TextUnmarshaler = (*Prefix)(nil)
	_ encoding.TextMarshaler   = Secret("")
)
