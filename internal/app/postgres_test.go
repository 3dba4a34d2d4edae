package app_test

import (
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/internal/app"
	"newsdesk/internal/config"
	"newsdesk/internal/pgtest"
)

// server is the PostgreSQL of these tests.
var server pgtest.Server

// A connection to the database may break when a decision is being stored, so
// that nobody knows whether it was. What follows must fit either case: here it
// was, and a second report of the same event changes the one message that
// there is.
func TestSystem_ConnectionsToTheDatabaseBreak(t *testing.T) { // M17
	t.Parallel()
	s := newSystem(t)
	var mu sync.Mutex
	started, decisions, commits := false, 0, 0
	s.config.Database.URL = config.Secret(server.Proxy(t, server.Database(t), func(statements []string) pgtest.Fate {
		mu.Lock()
		defer mu.Unlock()
		decides := slices.ContainsFunc(statements, func(s string) bool { return strings.Contains(s, "INTO events") })
		if decides {
			decisions++
		}
		commits++
		switch {
		case !started:
		case decides && decisions == 1:
			return pgtest.CutAfter
		case commits%11 == 0:
			return pgtest.CutBefore
		case commits%13 == 0:
			return pgtest.CutAfter
		}
		return pgtest.Pass
	}))
	wire, courier := s.outlet("Wire"), s.outlet("Courier")
	s.config.Subscriptions = append(s.config.Subscriptions, subscription(s.channel.ID, "world"))
	s.start()
	mu.Lock()
	started = true
	mu.Unlock()
	s.publish(wire, "Wire", "quake-1", "Magnitude 6.4 earthquake hits port city of Velmora, killing two",
		"VELMORA (Wire) — A magnitude 6.4 earthquake struck the port city of Velmora early on Tuesday, killing two people and injuring 31, the civil defence agency said.",
		"The quake hit at 4:12 a.m. at a depth of 14 kilometres, with its centre 20 kilometres off the Kestrel coast, according to the national seismic institute.",
		"The coast guard issued a tsunami watch for the Kestrel coast and told residents of low-lying streets to move uphill.")
	s.wait("the alert", func() bool { return len(s.channel.Messages()) == 1 })
	s.publish(courier, "Courier", "quake-2", "Velmora earthquake: death toll rises to five as rescuers search old harbour",
		"Five people are now known to have died in the magnitude 6.4 earthquake that struck Velmora on Tuesday, and 64 were injured, the city's hospitals told the Courier.",
		"Rescuers pulled three bodies from a collapsed apartment house on Cooper Street, fire chief Emil Hart said. His crews were still searching for four people who lived there.",
		"The coast guard lifted its tsunami watch at 7:30 a.m. after gauges along the Kestrel coast showed no unusual waves.")
	s.wait("the second report", func() bool {
		return s.stories() > 1 || strings.Contains(text(s.channel.Messages()[0]), "2 sources")
	})
	// A line that the story is breaking now is none of them.
	if n := s.stories(); n != 1 {
		t.Errorf("one event was posted as %d", n)
	}
	mu.Lock()
	defer mu.Unlock()
	t.Logf("%d commits, %d of them decisions", commits, decisions)
}

// stories counts the messages that tell a story.
func (s *system) stories() int {
	n := 0
	for _, m := range s.channel.Messages() {
		n += min(len(m.Embeds), 1)
	}
	return n
}

// Two programs on one database would post everything twice: the second does not
// start.
func TestSystem_OneProgramToADatabase(t *testing.T) { // M17
	t.Parallel()
	s := newSystem(t)
	s.config.Database.URL = config.Secret(server.Database(t))
	o := app.Options{Config: s.config, Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	first, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := app.Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "another Newsdesk runs on this database") {
		t.Errorf("a second program: %v, want to be told of the first", err)
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	again, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}
