package discordtest_test

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"newsdesk/bot/discordtest"
)

// part is a part of a form: its field, its file's name, its content.
type part struct{ field, name, data string }

// form posts a form to a channel, and returns the status and what the judge said.
func form(t *testing.T, d *discordtest.Server, c *discordtest.Channel, parts ...part) (int, string) {
	t.Helper()
	var b strings.Builder
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		add := func() (io.Writer, error) { return w.CreateFormField(p.field) }
		if p.name != "" {
			add = func() (io.Writer, error) { return w.CreateFormFile(p.field, p.name) }
		}
		f, err := add()
		if err == nil {
			_, err = io.WriteString(f, p.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(deadline(t), http.MethodPost, d.APIURL()+"/channels/"+c.ID+"/messages", strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bot "+d.Token())
	req.Header.Set("User-Agent", "DiscordBot (https://example.org, 1)")
	req.Header.Set("Content-Type", w.FormDataContentType())
	transport := &http.Transport{DisableKeepAlives: true}
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	all := d.Requests()
	return resp.StatusCode, strings.Join(all[len(all)-1].Refused, "; ")
}

// The form of a message with files is judged: its parts, and what is said of them.
func TestJudge_Files(t *testing.T) {
	t.Parallel()
	json := func(attachments string) part {
		return part{"payload_json", "", `{"content":"x","attachments":` + attachments + `}`}
	}
	file := func(n string) part { return part{"files[" + n + "]", "a.txt", "text"} }
	for name, tt := range map[string]struct {
		parts []part
		want  string // a part of the judge's reason, "" where it is in order
	}{
		"told of":             {[]part{json(`[{"id":"0","filename":"a.txt","description":"d"}]`), file("0")}, ""},
		"two":                 {[]part{json(`[{"id":"1"},{"id":"0"}]`), file("0"), file("1")}, ""},
		"alone":               {[]part{{"payload_json", "", `{}`}, file("0")}, ""},
		"one that is kept":    {[]part{json(`[{"id":"100000000000000001"}]`)}, ""},
		"another field":       {[]part{json(`null`), {"file", "a.txt", "text"}}, "files[0] to files[9]"},
		"the eleventh":        {[]part{json(`null`), file("10")}, "files[0] to files[9]"},
		"twice":               {[]part{json(`null`), file("0"), file("0")}, "two parts"},
		"no file":             {[]part{json(`[{"id":"0","filename":"a.txt"}]`)}, "No part files[0]"},
		"not told of":         {[]part{json(`[{"id":"0"}]`), file("0"), file("1")}, "files[1] is not among them"},
		"another name":        {[]part{json(`[{"id":"0","filename":"b.txt"}]`), file("0")}, "filename is"},
		"told of twice":       {[]part{json(`[{"id":"0"},{"id":"0"}]`), file("0")}, "twice"},
		"no number":           {[]part{json(`[{"id":"x"}]`), file("0")}, "snowflake"},
		"a body that is none": {[]part{{"payload_json", "", `{"content":5}`}, file("0")}, "content"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, discordtest.Options{Lenient: true})
			c := d.AddGuild("Newsroom").AddTextChannel("world")
			status, refused := form(t, d, c, tt.parts...)
			if ok := tt.want == ""; (status == http.StatusOK) != ok || (refused == "") != ok || !strings.Contains(refused, tt.want) {
				t.Errorf("answered %d, the judge says %q, want %q", status, refused, tt.want)
			}
			if m := c.Messages(); tt.want == "" && name != "one that is kept" && (len(m) != 1 || len(m[0].Files) == 0 || string(m[0].Files[0].Data) != "text") {
				t.Errorf("the message is %+v", m)
			}
		})
	}
}

// A person attaches files only where the command asks for one.
func TestInteract_File(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	c := d.AddGuild("Newsroom").AddTextChannel("world")
	raw(t, d, "PUT", "/applications/"+d.ApplicationID()+"/commands", `[{"name":"read","description":"d","options":[{"type":11,"name":"file","description":"d","required":true}]}]`)
	open(t, d)
	for _, v := range []any{"text", discordtest.File{Data: []byte("x")}, discordtest.File{Name: "big", Data: make([]byte, 11<<20)}} {
		_, err := d.Interact(deadline(t), discordtest.Interaction{Channel: c, Command: "read", Options: map[string]any{"file": v}})
		if !errors.Is(err, discordtest.ErrNotOffered) {
			t.Errorf("%T: %v", v, err)
		}
	}
}
