package discordtest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// FuzzBodies gives any body to the routes that take one: nothing panics, and
// what is stored can be shown.
func FuzzBodies(f *testing.F) {
	for _, seed := range []string{
		`{"content":"x"}`, `{"embeds":[{"title":5,"fields":[null,{}]}],"components":[[],{"type":17,"components":{}}]}`,
		`[{"name":"a","description":"d","options":[{"type":1,"options":[{"type":2}]}]}]`, `{"type":9,"data":{"components":[{"type":18}]}}`,
		`{"flags":"32768","components":[{"type":9,"accessory":7,"components":[{"type":10}]}]}`, `null`, `{"flags":99999999999999999999}`,
		`{"content":"<@&1> <@2> <@","allowed_mentions":{"parse":"x","roles":[1]},"message_reference":{"type":1}}`, `{"name":"t","message":{}}`,
		`{"type":9,"data":{"title":"t","custom_id":"c","components":[{"type":1,"components":[{"type":4,"custom_id":[]}]}]}}`,
		`{"content":"x","components":[{"type":1,"components":[{"type":3,"custom_id":{},"options":[{"value":{},"label":[]}]}]}]}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		s, err := Start(Options{Lenient: true, NoRateLimits: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		g := s.AddGuild("g")
		c, forum := g.AddTextChannel("c"), g.AddForum("f")
		first := c.Say(s.BotID(), "first")
		s.mu.Lock()
		source := c.find(first)
		for i, kind := range []int{kindCommand, kindComponent, kindAutocomplete, kindModal} {
			it := &interaction{id: "1", token: string('a' + rune(i)), kind: kind, created: s.now(), channel: c, user: s.BotID()}
			if kind != kindCommand {
				it.source = source
			}
			s.interactions[it.token] = it
		}
		s.mu.Unlock()
		for _, target := range []string{
			"POST /channels/" + c.ID + "/messages", "PATCH /channels/" + c.ID + "/messages/" + first,
			"POST /channels/" + c.ID + "/messages/" + first + "/threads", "POST /channels/" + forum.ID + "/threads",
			"PUT /applications/" + s.ApplicationID() + "/commands", "POST /users/@me/channels",
			"POST /interactions/1/a/callback", "POST /interactions/1/b/callback", "POST /interactions/1/c/callback", "POST /interactions/1/d/callback",
			"POST /webhooks/" + s.ApplicationID() + "/a", "PATCH /webhooks/" + s.ApplicationID() + "/b/messages/@original",
		} {
			method, path, _ := strings.Cut(target, " ")
			r := httptest.NewRequestWithContext(t.Context(), method, "/api/v10"+path, strings.NewReader(body))
			r.Header.Set("Authorization", "Bot "+s.Token())
			r.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			s.serveREST(w, r)
			if w.Code >= http.StatusInternalServerError {
				t.Errorf("%s: %d", target, w.Code)
			}
		}
		for _, channel := range s.Channels() {
			for _, m := range channel.Messages() {
				if string(m.Raw) == "null" {
					t.Errorf("message %s cannot be shown", m.ID)
				}
			}
		}
		in := Interaction{Channel: c, Command: "a", Options: map[string]any{"o": "x"}, Focused: "o"}
		_, _ = s.send(in) // must not panic, whatever was registered
	})
}
