package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"newsdesk/bot/discordtest"
	"newsdesk/feeds/feedstest"
)

func TestMain(m *testing.M) {
	testscript.Main(server.Around(m), map[string]func(){"newsdesk": main, "newsdesk-crashing": crashing})
}

// The built program, driven by scripts: one for each promise.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"newsserver": func(ts *testscript.TestScript, _ bool, args []string) { newsServer(t, ts, args) },
			"postgres": func(ts *testscript.TestScript, _ bool, _ []string) {
				ts.Setenv("NEWSDESK_DATABASE_URL", server.Database(t))
			},
			"discordserver": func(ts *testscript.TestScript, _ bool, args []string) { discordServer(t, ts, args) },
		},
		Condition: func(cond string) (bool, error) {
			if cond != "postgres" {
				return false, errors.New("no such condition")
			}
			return server.Wanted(), nil
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			return nil
		},
	})
}

// discordServer starts a Discord in which the bot is in the servers named, and
// sets DISCORD to its API's address.
func discordServer(t *testing.T, ts *testscript.TestScript, guilds []string) {
	t.Helper()
	s := discordtest.New(t, discordtest.Options{})
	for _, name := range guilds {
		s.AddGuild(name)
	}
	ts.Setenv("DISCORD", s.APIURL())
}

// newsServer starts a server that serves the script's folder web: name.xml as
// feeds and name.html as pages, with {{server}} replaced by its address, which
// also replaces {{server}} in the files named.
func newsServer(t *testing.T, ts *testscript.TestScript, files []string) {
	t.Helper()
	s := feedstest.New(t)
	ts.Setenv("SERVER", s.URL(""))
	replace := func(path string) []byte {
		b, err := os.ReadFile(path)
		ts.Check(err)
		return []byte(strings.ReplaceAll(string(b), "{{server}}", s.URL("")))
	}
	entries, err := os.ReadDir(ts.MkAbs("web"))
	ts.Check(err)
	for _, e := range entries {
		body := replace(filepath.Join(ts.MkAbs("web"), e.Name()))
		if filepath.Ext(e.Name()) == ".xml" {
			s.Document("/"+e.Name(), "application/rss+xml", body)
		} else {
			s.Page("/"+e.Name(), string(body))
		}
	}
	for _, f := range files {
		ts.Check(os.WriteFile(ts.MkAbs(f), replace(ts.MkAbs(f)), 0o600))
	}
}
