package config_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"newsdesk/internal/config"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func noEnv(string) string { return "" }

func parse(t *testing.T, doc string) (config.Config, []string) {
	t.Helper()
	c, err := config.Parse("config.toml", []byte(doc), noEnv)
	if err == nil {
		return c, nil
	}
	return c, strings.Split(err.Error(), "\n")
}

// The example lists every key with its default: a reader can trust it.
func TestExample_EqualsDefaults(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(filepath.Join("..", "..", "config.example.toml"))
	if err != nil {
		t.Fatal(err)
	}
	got, problems := parse(t, string(b))
	if problems != nil {
		t.Fatalf("config.example.toml: %q", problems)
	}
	if diff := cmp.Diff(config.Default(), got, cmpopts.EquateComparable(config.Prefix{})); diff != "" {
		t.Errorf("the example differs from the defaults (-default +example):\n%s", diff)
	}
	// The commented tables must work too, and name every key.
	uncommented := regexp.MustCompile(`(?m)^# (\[\[|[a-z_]+ = )`).ReplaceAllString(string(b), "$1")
	full, problems := parse(t, uncommented)
	if problems != nil {
		t.Fatalf("the example's commented tables: %q", problems)
	}
	if len(full.Feeds) != 1 || len(full.Subscriptions) != 1 {
		t.Errorf("got %d feeds and %d subscriptions from the commented tables, want 1 and 1", len(full.Feeds), len(full.Subscriptions))
	}
	for _, key := range config.Keys() {
		last := key[strings.LastIndexByte(key, '.')+1:]
		if !regexp.MustCompile(`(?m)^(\[+` + regexp.QuoteMeta(key) + `\]+$|` + last + ` = )`).MatchString(uncommented) {
			t.Errorf("config.example.toml does not name %s", key)
		}
	}
}

func TestParse_ReportsEverythingAtOnceWithLines(t *testing.T) {
	t.Parallel()
	_, got := parse(t, `[database]
path = ""

[poll]
intervall = "10m"
initial_posts = "three"
concurrency = 0

[http]
timeout = "soon"
allow_private = [
  "127.0.0.0/8",
  "home",
]
per_host = 2

[[feeds]]
url = "https://a.example/rss"

[[feeds]]
url = "ftp://b.example/rss"
topic = "Middle East"
`)
	want := []string{
		`config.toml:2: database.path: must name a file, such as newsdesk.db`,
		`config.toml:5: poll.intervall is not a key: did you mean poll.interval?`,
		`config.toml:6: poll.initial_posts: write a whole number`,
		`config.toml:7: poll.concurrency: must be between 1 and 1024`,
		`config.toml:10: http.timeout: write a time span such as "90s", "10m" or "6h"`,
		`config.toml:13: http.allow_private: write an address range such as "127.0.0.0/8"`,
		`config.toml:21: feeds[1].url: must be the feed's http or https address`,
		`config.toml:22: feeds[1].topic: "Middle East" is no topic: use lower-case letters, digits and hyphens, such as middle-east`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

func TestParse_Refuses(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, doc, want string }{
		{"syntax", "[database\npath = 1", "config.toml:1: this is not TOML: "},
		{"unknown table", "[databse]\npath = \"x\"", "config.toml:1: databse is not a key: did you mean database?"},
		{"far from any key", "[zebra]\nstripes = 4", "config.toml:1: zebra is not a key: config.example.toml lists them all"},
		{"public preview", "[preview]\nlisten = \"0.0.0.0:80\"", "config.toml:2: preview.listen: must be a loopback address"},
		{"metrics without port", "[metrics]\nlisten = \"localhost\"", "config.toml:2: metrics.listen: must be an address and a port"},
		{"preview without port", "[preview]\nlisten = \"localhost\"", "config.toml:2: preview.listen: must be an address and a port"},
		{"api url", "[discord]\napi_url = \"discord\"", "config.toml:2: discord.api_url: must be an http or https address"},
		{"database server as a file", "[database]\npath = \"postgres://u:p@h/n\"", "config.toml:2: database.path: must name a file"},
		{"database of another kind", "[database]\nurl = \"mysql://u:p@h/n\"", "config.toml:2: database.url: must be the address of a PostgreSQL database"},
		{"token with prefix", "[discord]\ntoken = \"Bot abc\"", "config.toml:2: discord.token: holds blanks"},
		{"token file missing", "[discord]\ntoken_file = \"nowhere\"", "config.toml:2: discord.token_file: cannot read nowhere: no such file or directory"},
		{"llm provider", "[llm]\nprovider = \"ollama\"\nmodel = \"m\"\ndaily_cap = 0.0", "config.toml:2: llm.provider: must be \"openai\""},
		{"llm without model", "[llm]\nprovider = \"openai\"", "config.toml:1: llm.model: must name the model"},
		{"llm cap without price", "[llm]\nprovider = \"openai\"\nmodel = \"m\"\ndaily_cap = 2", "config.toml:4: llm.daily_cap: a cap needs the price of \"m\""},
		{"llm price", "[llm]\n[[llm.prices]]\nmodel = \"m\"\ninput = -1.0", "config.toml:4: llm.prices[0].input: must be between 0 and 100000"},
		{"llm address with password", "[llm]\nbase_url = \"http://u:p@a.example/v1\"", "config.toml:2: llm.base_url: must be an http or https address without a password"},
		{"llm key", "[llm]\napi_key = \"Bearer abc\"", "config.toml:2: llm.api_key: holds blanks"},
		{"llm cap as text", "[llm]\ndaily_cap = \"much\"", "config.toml:2: llm.daily_cap: write a number"},
		{"level", "[log]\nlevel = \"loud\"", "config.toml:2: log.level: must be debug, info, warn or error"},
		{"channel", "[[subscriptions]]\nchannel = \"#news\"\ntopics = [\"world\"]", "config.toml:2: subscriptions[0].channel: must be a channel's id"},
		{"no topics", "[[subscriptions]]\nchannel = \"1\"", "config.toml:1: subscriptions[0].topics: must name at least one topic"},
		{"same feed twice", "[[feeds]]\nurl = \"http://a.example/\"\n[[feeds]]\nurl = \"http://a.example/\"", "config.toml:4: feeds[1].url: the same address stands in feed 1 already"},
		{"a string for a table", "poll = \"often\"", "config.toml:1: poll: write a table: [poll]"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, got := parse(t, tc.doc)
			if len(got) != 1 || !strings.HasPrefix(got[0], tc.want) {
				t.Errorf("got %q, want one problem that begins %q", got, tc.want)
			}
		})
	}
}

func TestSecret_IsNeverPrinted(t *testing.T) {
	t.Parallel()
	c, err := config.Parse("c.toml", []byte("[discord]\ntoken = \"s3cr3t-value\""), noEnv)
	if err != nil {
		t.Fatal(err)
	}
	j, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, printed := range []string{fmt.Sprint(c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), string(j), c.Discord.Token.String()} {
		if strings.Contains(printed, "s3cr3t") || !strings.Contains(printed, "REDACTED") {
			t.Errorf("printed %s", printed)
		}
	}
	if got := c.Discord.Token.Reveal(); got != "s3cr3t-value" {
		t.Errorf("Reveal() = %q", got)
	}
}

func TestToken_Sources(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "config.toml")
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("token", "from-file\n")
	write("config.toml", "[discord]\ntoken_file = \"token\"\n")
	c, err := config.Load(file, noEnv)
	if err != nil || c.Discord.Token.Reveal() != "from-file" {
		t.Errorf("token %q, error %v; want it from the file beside the configuration", c.Discord.Token.Reveal(), err)
	}
	c, err = config.Load(file, func(k string) string {
		if k == "NEWSDESK_DISCORD_TOKEN" {
			return "from-env"
		}
		return ""
	})
	if err != nil || c.Discord.Token.Reveal() != "from-env" {
		t.Errorf("token %q, error %v; want the environment to win", c.Discord.Token.Reveal(), err)
	}
}

func TestDatabase_FileOrServer(t *testing.T) {
	t.Parallel()
	if got := config.Default().Database.DSN(); got != "newsdesk.db" {
		t.Errorf("by default: %q, want newsdesk.db", got)
	}
	file := filepath.Join(t.TempDir(), "address")
	if err := os.WriteFile(file, []byte("postgres://newsdesk:s3cr3t@db.example/news\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	doc := fmt.Sprintf("[database]\nurl_file = %q", file)
	c, problems := parse(t, doc)
	if got := c.Database.DSN(); problems != nil || got != "postgres://newsdesk:s3cr3t@db.example/news" {
		t.Errorf("%q, problems %q; want the address from its file", got, problems)
	}
	if strings.Contains(fmt.Sprintf("%+v %#v", c, c), "s3cr3t") {
		t.Error("the password is printed")
	}
	c, err := config.Parse("c.toml", []byte(doc), func(k string) string {
		return map[string]string{"NEWSDESK_DATABASE_URL": "postgresql://other/news"}[k]
	})
	if got := c.Database.DSN(); err != nil || got != "postgresql://other/news" {
		t.Errorf("%q, error %v; want the environment to win", got, err)
	}
}

func TestModelKey_Sources(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, []byte("from-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	doc := fmt.Sprintf("[llm]\napi_key_file = %q", file)
	c, problems := parse(t, doc)
	if problems != nil || c.LLM.APIKey.Reveal() != "from-file" {
		t.Errorf("key %q, problems %q; want it from its file", c.LLM.APIKey.Reveal(), problems)
	}
	c, err := config.Parse("c.toml", []byte(doc), func(k string) string {
		return map[string]string{"NEWSDESK_LLM_API_KEY": "from-env"}[k]
	})
	if err != nil || c.LLM.APIKey.Reveal() != "from-env" {
		t.Errorf("key %q, error %v; want the environment to win", c.LLM.APIKey.Reveal(), err)
	}
	if strings.Contains(fmt.Sprintf("%+v %#v", c, c), "from-env") {
		t.Error("the key is printed")
	}
	if _, problems := parse(t, doc+"\napi_key = \"other\""); len(problems) != 1 || !strings.Contains(problems[0], "both set") {
		t.Errorf("problems %q, want one that says both are set", problems)
	}
}

func TestLoad_NamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for path, want := range map[string]string{
		filepath.Join(dir, "none.toml"): "copy config.example.toml to it",
		dir:                             "is a folder",
	} {
		if _, err := config.Load(path, noEnv); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Load(%s) = %v, want it to say %q", path, err, want)
		}
	}
}

func TestDuration_RoundTrip(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"10m", "6h", "1m30s", "5s", "90m"} {
		var d config.Duration
		if err := d.UnmarshalText([]byte(s)); err != nil {
			t.Fatal(err)
		}
		if got := d.String(); got != s {
			t.Errorf("%s printed as %s", s, got)
		}
	}
}

// Whatever stands in the file, reading it ends, does not panic, and either
// gives a valid configuration or says what is wrong.
func FuzzParse(f *testing.F) {
	f.Add("[poll]\ninterval = 5")
	f.Add("[[feeds]]\nurl = \"http://a\"\n[[feeds]]")
	f.Add("a.b.c = [1, {x = \"\"}]\n[a]")
	f.Add("feeds = 3\n[feeds]")
	f.Fuzz(func(t *testing.T, doc string) {
		_, err := config.Parse("c.toml", []byte(doc), noEnv)
		if err != nil && strings.TrimSpace(err.Error()) == "" {
			t.Error("an error without words")
		}
	})
}
