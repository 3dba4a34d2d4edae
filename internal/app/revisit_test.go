package app_test

import (
	"strings"
	"testing"
	"time"

	"newsdesk/feeds/feedstest"
)

// An outlet that changes an article in place has corrected itself: its one
// message is brought up to date and says what was wrong, and the thread is told
// once. A page that is only put in other words changes nothing. // B4, M7
func TestSystem_ArticlesChangedInPlace(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	s.config.Subscriptions = append(s.config.Subscriptions, subscription(s.channel.ID, "world"))
	ledger := s.outlet("Ledger")
	const (
		title = "Strong quake shakes port of Velmora"
		lead  = "An earthquake of magnitude 6.6 shook the port of Velmora on Saturday, the seismology centre said."
		walls = "Walls fell in the old harbour and the ferry terminal was closed, the mayor's office said."
		tents = "The army sent 400 tents to Velmora, where residents spent the night in the streets."
	)
	item := feedstest.Item{Title: title, Link: s.news.URL("/velmora"), GUID: "velmora", Published: s.at, Summary: lead}
	publish := func(paragraphs ...string) {
		s.news.Page("/velmora", page("Ledger", title, append(paragraphs, "Engineers are looking at three bridges before trains may run again, the railway said on Saturday evening.")))
	}
	publish(lead, walls, tents)
	ledger.SetRSS("Ledger", item)
	s.start()
	s.wait("the alert", func() bool { return len(s.channel.Messages()) == 1 && mentions(s.channel.Messages()[0], "6.6") })

	read := s.news.Requests("/velmora")
	publish(lead, strings.Replace(walls, "was closed", "has been closed", 1), tents)
	item.Summary = lead + " The ferry terminal has been closed."
	ledger.SetRSS("Ledger", item)
	s.skew.Store(int64(6 * time.Minute))
	s.wait("the page to be read again", func() bool { return s.news.Requests("/velmora") > read && s.log.find("article changed in place") != "" })
	if why := s.log.find("article changed in place"); !strings.Contains(why, "reason=repeats") || !strings.Contains(why, "posts=0") {
		t.Errorf("other words are news: %s", why)
	}

	publish(strings.Replace(lead, "6.6", "6.1", 1), walls, tents)
	item.Summary = strings.Replace(lead, "6.6", "6.1", 1)
	ledger.SetRSS("Ledger", item)
	s.skew.Store(int64(time.Hour))
	s.wait("the correction", func() bool { return mentions(s.channel.Messages()[0], "6.1") })
	s.shows(s.channel.Messages()[0], "corrected", "magnitude 6.1", "not 6.6")
	thread := func() (lines int) {
		if th := s.discord.Thread(s.channel.Messages()[0]); th != nil {
			for _, l := range th.Messages() {
				if strings.Contains(text(l), "6.1") {
					lines++
				}
			}
		}
		return lines
	}
	s.wait("the line in the thread", func() bool { return thread() == 1 })

	// Nothing more comes of it: the feed repeats itself, and the page is not asked
	// for again before its time.
	read, polled := s.news.Requests("/velmora"), ledger.Requests()
	s.wait("two more polls", func() bool { return ledger.Requests() >= polled+2 })
	if n := len(s.channel.Messages()); n != 1 || thread() != 1 || s.news.Requests("/velmora") != read {
		t.Errorf("%d messages, %d lines, page read %d times more", n, thread(), s.news.Requests("/velmora")-read)
	}
}
