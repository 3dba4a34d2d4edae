package app_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/discordtest"
	"newsdesk/feeds/feedstest"
)

// in has a manager run a command, or press a component, in a channel.
func (s *system) in(ch *discordtest.Channel, command string, options map[string]any) discordtest.Message {
	s.Helper()
	return s.do(discordtest.Interaction{Channel: ch, Command: command, Options: options, Permissions: manageGuild})
}

func (s *system) press(ch *discordtest.Channel, m discordtest.Message, prefix string, values ...string) discordtest.Message {
	s.Helper()
	for _, b := range m.Buttons {
		if strings.HasPrefix(b.CustomID, prefix) {
			return s.do(discordtest.Interaction{Channel: ch, Custom: b.CustomID, Values: values, MessageID: m.ID, Permissions: manageGuild})
		}
	}
	s.Fatalf("no %q in %+v", prefix, m.Buttons)
	return m
}

// club publishes an article of the rowing club, with its page.
func (s *system) club(f *feedstest.Feed, items ...feedstest.Item) {
	s.Helper()
	f.SetRSS("Rowing Club", items...)
}

func (s *system) piece(slug, title string, paragraphs ...string) feedstest.Item {
	s.news.Page("/"+slug, page("Rowing Club", title, paragraphs))
	return feedstest.Item{Title: title, Link: s.news.URL("/" + slug), GUID: slug, Published: s.at, Summary: paragraphs[0]}
}

func (s *system) silent(m discordtest.Message, words ...string) {
	s.Helper()
	for _, w := range words {
		if strings.Contains(text(m), w) {
			s.Errorf("the message says %q:\n%s", w, text(m))
		}
	}
}

// M3, M16: a server adds a feed of its own from Discord, by the address of a
// page. Nothing old is posted, and nobody else sees what it brings.
func TestApp_FeedOfAServer(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	herald := s.outlet("Herald")
	regatta := []string{
		"The regatta of Velmora was called off on Tuesday because of a storm over the harbour, the rowing club said.",
		"About 420 rowers from 31 clubs had come to Velmora for the regatta, which was to begin at noon.",
	}
	club := s.news.Feed("/club.xml")
	old := s.piece("old", "Boathouse gets a new roof of slate", "Carpenters put slate on the old boathouse for 80,000 crowns, as members had wished for years.", "Work begins in May and ends before winter.")
	s.club(club, old)
	s.news.Feed("/comments/club.xml").SetRSS("Comments on Rowing Club")
	s.news.Page("/", `<html><head><link rel="alternate" type="application/rss+xml" href="/club.xml"><link rel="alternate" type="application/rss+xml" href="/comments/club.xml"></head><body>The club</body></html>`)
	other := s.discord.AddGuild("Strangers")
	public := other.AddTextChannel("everything")
	s.start()
	s.in(public, "subscribe", map[string]any{"topic": "all"})

	s.shows(s.in(s.channel, "feed add", map[string]any{"address": "http://10.1.2.3/feed"}), "I found no feed there: the address leads into a private network.")
	m := s.in(s.channel, "feed add", map[string]any{"address": s.news.URL("/"), "channel": s.channel})
	s.shows(m, "There are 2 feeds. Which one?")
	m = s.press(s.channel, m, "feed:pick", "1")
	s.shows(m, "Rowing Club", "1 item", "English", "Boathouse gets", "What stands in it now is not posted, only what comes next, in <#"+s.channel.ID+">.")
	s.shows(s.press(s.channel, m, "feed:add:"), "<#"+s.channel.ID+"> now follows **Rowing Club**.", "its next news")
	s.shows(s.in(s.channel, "feed add", map[string]any{"address": club.URL()}), "follows **Rowing Club** already; its news go to <#"+s.channel.ID+">")
	s.wait("the baseline", func() bool {
		return strings.Contains(text(s.in(s.channel, "search", map[string]any{"words": "boathouse roof"})), "Boathouse")
	})
	s.shows(s.in(s.channel, "feed list", nil), "🟢 **Rowing Club**", "next look <t:", "in <#"+s.channel.ID+">")
	s.club(club, s.piece("regatta", "Regatta of Velmora called off because of a storm", regatta...), old)
	s.wait("the club's news", func() bool { return len(s.channel.Messages()) == 1 })
	s.shows(s.channel.Messages()[0], "Regatta of Velmora", "single source: Rowing Club")

	// The same happening in a paper of the operator's is a story of its own.
	s.publish(herald, "Herald", "storm", "Regatta of Velmora called off because of a storm", regatta...)
	s.wait("the public story", func() bool { return len(public.Messages()) > 0 })
	s.shows(public.Messages()[0], "single source: Herald")
	for command, options := range map[string]map[string]any{
		"latest": nil, "digest": nil, "search": {"words": "regatta"}, "ask": {"question": "Who called off the regatta of Velmora?"},
		"why": {"about": s.news.URL("/regatta")}, "status": nil, "story": {"event": "boathouse roof"},
	} {
		s.silent(s.in(public, command, options), "Rowing Club", "Boathouse", "/regatta")
	}
	s.shows(s.in(public, "why", map[string]any{"about": s.news.URL("/regatta")}), "No feed that I follow has shown this link")
	shown := 0
	for id := 1; id <= 3; id++ { // by the id of a story
		if m := s.in(public, "story", map[string]any{"event": strconv.Itoa(id)}); strings.Contains(text(m), "Rowing Club") || strings.Contains(text(m), "Boathouse") {
			shown++
		}
	}
	if shown > 0 {
		t.Errorf("another server opens %d stories of the club", shown)
	}
	if _, err := s.suggest(public, "latest", "topic", "Row"); err != nil {
		t.Fatal(err)
	} else if got, _ := s.suggest(public, "latest", "topic", "Row"); len(got) != 0 {
		t.Errorf("another server has the topic: %v", got)
	}
	if got, err := s.suggest(s.channel, "latest", "topic", "Row"); err != nil || len(got) != 1 {
		t.Errorf("the topics of its server: %v, %v", got, err)
	}
	s.shows(s.in(s.channel, "latest", map[string]any{"topic": "Rowing Club"}), "Regatta of Velmora", "Rowing Club")
	s.shows(s.in(s.channel, "latest", nil), "Rowing Club", "World")
	s.shows(s.in(s.guild.AddTextChannel("more"), "subscribe", map[string]any{"topic": "Rowing Club"}), "now follows **Rowing Club**", "The newest one is on its way")

	// A second server adds it: one feed, one poll, and nothing old.
	theirs := other.AddTextChannel("club")
	s.skew.Add(int64(time.Minute)) // what may be asked in a minute is used up
	m = s.in(public, "feed add", map[string]any{"address": club.URL(), "channel": theirs})
	s.shows(s.press(public, m, "feed:add:"), "now follows **Rowing Club**")
	s.shows(s.in(public, "search", map[string]any{"words": "boathouse"}), "Boathouse")
	s.shows(s.in(s.channel, "feed pause", map[string]any{"feed": "rowing"}), "**Rowing Club** is paused")
	s.club(club, s.piece("fees", "Members pay 12 crowns more from January",
		"Members pay 12 crowns more a year from January, the treasurer Ana Ruiz told the general meeting on Friday evening.",
		"Heating the changing rooms has become dearer by a third since last winter, Ruiz said, and the insurance of the boats costs 4,300 crowns a year.",
		"Pupils and apprentices go on paying half, and whoever joins before Christmas pays nothing for the first three months."), old)
	s.wait("the news of the second server", func() bool { return len(theirs.Messages()) == 1 })
	s.shows(theirs.Messages()[0], "Members pay 12 crowns more")
	if n := len(s.channel.Messages()); n != 1 {
		t.Errorf("a paused feed was posted: %d messages", n)
	}
	s.shows(s.in(s.channel, "feed test", map[string]any{"feed": "rowing"}), "The server answered 200", "A post on its newest item would look like this:", "Members pay 12 crowns more", "Ana Ruiz")
	s.shows(s.in(s.channel, "feed resume", map[string]any{"feed": "rowing"}), "goes on")
	m = s.in(s.channel, "feed remove", map[string]any{"feed": "rowing"})
	s.shows(m, "Stop following **Rowing Club**?")
	s.shows(s.press(s.channel, m, "feed:drop:"), "no longer followed")
	s.silent(s.in(s.channel, "search", map[string]any{"words": "boathouse"}), "Boathouse")
	if all := len(public.Messages()); all != 1 {
		t.Errorf("all topics got %d messages, want that of the Herald", all)
	}
}

// suggest returns what an autocompletion offers.
func (s *system) suggest(ch *discordtest.Channel, command, option, typed string) ([]discordtest.Choice, error) {
	r, err := s.discord.Interact(s.Context(), discordtest.Interaction{
		Channel: ch, Command: command, Focused: option, Options: map[string]any{option: typed}, Permissions: manageGuild,
	})
	return r.Choices, err
}

// M3: a feed that the operator has is followed by itself, without a copy.
func TestApp_FeedOfTheOperator(t *testing.T) {
	t.Parallel()
	s := newSystem(t)
	herald, post := s.outlet("Herald"), s.outlet("Post")
	s.config.Poll.InitialPosts = 0
	s.start()
	m := s.in(s.channel, "feed add", map[string]any{"address": herald.URL(), "channel": s.channel})
	s.shows(s.press(s.channel, m, "feed:add:"), "now follows **Herald**")
	s.shows(s.in(s.channel, "feed list", nil), "everybody's, topic World")
	s.wait("the first polls", func() bool { return herald.Requests() > 2 && post.Requests() > 1 })
	s.publish(post, "Post", "bridge", "Bridge of Tolm is closed for a year",
		"The bridge of Tolm is closed for a year from Monday, the city council said.", "Repairs cost 12 million crowns, according to the council.")
	s.publish(herald, "Herald", "quake", "Strong earthquake hits Velmora, five people die",
		"Five people died when an earthquake of magnitude 6.8 struck the city of Velmora on Tuesday, the interior ministry said.",
		"The quake struck 30 kilometres east of the city at a depth of 12 kilometres, the geological service said.")
	s.wait("the Herald's story", func() bool { return len(s.channel.Messages()) == 1 })
	s.shows(s.channel.Messages()[0], "Velmora")
	s.wait("the other paper's story", func() bool {
		return strings.Contains(text(s.in(s.channel, "search", map[string]any{"words": "bridge"})), "Tolm")
	})
	if all := s.channel.Messages(); len(all) != 1 {
		t.Errorf("the channel got %d messages, want one of the Herald alone", len(all))
	}
}
