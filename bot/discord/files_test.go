package discord_test

import (
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/bot/discord"
	"newsdesk/bot/discordtest"
	"newsdesk/bot/message"
)

// A file comes in with a command, and one goes out with its answer, whether that
// is given at once, after it was deferred, or beside the message of a button. The
// fake judges the form.
func TestFiles_BothWays(t *testing.T) {
	t.Parallel()
	var r *rig
	h := desk{func(ctx context.Context, in message.Interaction) (message.Reply, error) {
		reply := message.Reply{Ephemeral: true, Message: message.Message{Content: "Here it is"}, Files: []message.File{
			{Name: "list.opml", Type: "text/x-opml", Data: []byte("<opml/>\r\n--x\r\n")}, {Name: `../we ird".txt`, Data: []byte{0, 255}},
		}}
		if in.Kind == message.KindComponent {
			n := len(r.fake.Requests()) // so late that the answer was deferred
			if err := r.fake.WaitFor(ctx, func() bool { return len(r.fake.Requests()) > n }); err != nil {
				return message.Reply{}, err
			}
			return reply, nil
		}
		f := in.Files["file"]
		if f.Name != "in.opml" || f.Type != "text/xml" || f.Size != 4 || !discord.FileAddress(f.URL, r.fake.APIURL()) {
			t.Errorf("came in as %+v", f)
		}
		if got := fetched(ctx, t, f.URL); got != "data" {
			t.Errorf("the file is %q", got)
		}
		reply.Message.Components = []message.Row{{Buttons: []message.Button{{Style: message.Primary, Label: "Again", ID: "again"}}}}
		return reply, nil
	}}
	r = start(t, discordtest.Options{}, h, nil)
	until(t, "commands", func() bool { return len(r.fake.Commands()) > 0 })
	want := []discordtest.File{{Name: "list.opml", Data: []byte("<opml/>\r\n--x\r\n")}, {Name: ".._we_ird_.txt", Data: []byte{0, 255}}}
	for _, command := range []string{"file", "filing"} {
		a, err := r.fake.Interact(t.Context(), discordtest.Interaction{
			Channel: r.channel, Command: command, Options: map[string]any{"file": discordtest.File{Name: "in.opml", Type: "text/xml", Data: []byte("data")}},
		})
		if err != nil {
			t.Fatal(err)
		}
		m, err := a.Wait(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, m.Files); diff != "" || !m.Ephemeral {
			t.Errorf("/%s: ephemeral %v, files (-want +got):\n%s", command, m.Ephemeral, diff)
		}
	}
	a, err := r.fake.Interact(t.Context(), discordtest.Interaction{Channel: r.channel, Custom: "again"})
	if err != nil {
		t.Fatal(err)
	}
	until(t, "the message beside the button's", func() bool { return len(a.Followups()) > 0 })
	if diff := cmp.Diff(want, a.Followups()[0].Files); diff != "" {
		t.Errorf("follow-up (-want +got):\n%s", diff)
	}
}

func fetched(ctx context.Context, t *testing.T, url string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Nothing is fetched for people but what lies on Discord's own servers.
func TestFileAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://cdn.discordapp.com/ephemeral-attachments/1/2/list.opml?ex=1": true,
		"https://media.discordapp.net/attachments/1/2/list.opml":              true,
		"https://CDN.discordapp.com/attachments/1/2/list.opml":                true,
		"http://cdn.discordapp.com/attachments/1/2/list.opml":                 false,
		"https://cdn.discordapp.com:8443/attachments/1/2/list.opml":           false,
		"https://cdn.discordapp.com@evil.example/list.opml":                   false,
		"https://user:pw@cdn.discordapp.com/list.opml":                        false,
		"https://cdn.discordapp.com.evil.example/list.opml":                   false,
		"https://evil.example/?cdn.discordapp.com":                            false,
		"file:///etc/passwd": false,
		"":                   false,
		"http://127.0.0.1:4000/attachments/1/2/list.opml":  true, // another Discord's
		"https://127.0.0.1:4000/attachments/1/2/list.opml": false,
		"http://127.0.0.1:4001/attachments/1/2/list.opml":  false,
	} {
		if got := discord.FileAddress(address, "http://127.0.0.1:4000/api"); got != want {
			t.Errorf("FileAddress(%q) = %v", address, got)
		}
	}
	if discord.FileAddress("http:///x", "") || discord.FileAddress("/x", "") {
		t.Error("an address without a host is taken")
	}
}
