package preview

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"newsdesk/bot/message"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// echo answers commands with what it was asked.
type echo struct{}

func (echo) List() []message.Command {
	return []message.Command{
		{Name: "say", Description: "Say it", Options: []message.Option{{Name: "words", Kind: message.OptionString, Autocomplete: true}}},
		{Name: "break", Description: "Fail"},
		{Name: "load", Description: "Load it", Options: []message.Option{{Name: "list", Kind: message.OptionFile, Required: true}}},
		{Name: "plan", Description: "Plans", Subcommands: []message.Command{
			{Name: "day", Description: "Plan a day", Options: []message.Option{
				{Name: "hour", Kind: message.OptionInteger}, {Name: "words", Kind: message.OptionString, Autocomplete: true},
			}},
			{Name: "week", Description: "Plan a week"},
		}},
	}
}

func (echo) Handle(_ context.Context, in message.Interaction) (message.Reply, error) {
	switch {
	case in.Kind == message.KindAutocomplete:
		return message.Reply{Choices: []message.Choice{{Name: "Two words", Value: in.Options["words"] + " two"}}}, nil
	case in.Kind == message.KindComponent:
		return message.Reply{Ephemeral: true, Update: true, Message: message.Message{Content: "pressed " + in.Custom + strings.Join(in.Values, ",")}}, nil
	case in.Command == "load":
		f := in.Files["list"]
		return message.Reply{Ephemeral: true, Message: message.Message{Content: "got " + f.Name + ": " + string(f.Data)}, Files: []message.File{{Name: `a"b<c>.opml`, Data: []byte("<opml/>")}}}, nil
	case in.Command == "break":
		return message.Reply{}, errors.New("secret detail")
	default:
		return message.Reply{Ephemeral: in.Options["words"] != "aloud", Message: message.Message{Content: "said " + in.Options["words"]}}, nil
	}
}

func parseLine(line string, _ []message.Command) (message.Interaction, error) {
	name, words, _ := strings.Cut(strings.TrimPrefix(line, "/"), " ")
	if name != "say" && name != "break" && name != "load" {
		return message.Interaction{}, errors.New("There is no /" + name + ".")
	}
	return message.Interaction{Kind: message.KindCommand, Command: name, Options: map[string]string{"words": words}}, nil
}

type site struct {
	*httptest.Server
	board *Board
}

func newSite(t *testing.T) site {
	t.Helper()
	board := NewBoard(func() time.Time { return noon })
	board.AddChannel("c1", "world")
	board.AddChannel("c2", "science")
	s, err := NewServer(Options{
		Board: board, Commands: echo{}, Parse: parseLine, Notice: "A notice.",
		Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return noon },
	})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return site{srv, board}
}

func (s site) do(t *testing.T, req *http.Request) (int, string) {
	t.Helper()
	res, err := s.Client().Do(req.WithContext(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var b strings.Builder
	if _, err := bufio.NewReader(res.Body).WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, b.String()
}

func (s site) get(t *testing.T, path string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s.do(t, req)
}

func (s site) post(t *testing.T, path string, form url.Values, header ...string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	return s.do(t, req)
}

func contains(t *testing.T, body string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q:\n%s", want, body)
		}
	}
}

func TestPage_ShowsMessagesAsSent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	id, err := s.board.Create(t.Context(), "c1", message.Message{
		Content: "Quake <@&1>",
		Embeds: []message.Embed{{
			Author: "2 sources", Title: "Quake hits <b>", URL: "https://a.example/1", Description: "• One [1](https://a.example/1)",
			Color: 0xff0000, Fields: []message.Field{{Name: "Sources", Value: "1 A"}}, Footer: "developing", Timestamp: noon,
		}},
		Components: []message.Row{{Buttons: []message.Button{{Style: message.Primary, Label: "Details", ID: "story:1"}}}},
		Silent:     true,
	}, "n1")
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.board.Create(t.Context(), "c1", message.Message{Content: "twice"}, "n1")
	if err != nil || again != id {
		t.Errorf("the same nonce gave %s, %v; want %s again", again, err, id)
	}
	thread, err := s.board.StartThread(t.Context(), "c1", id, "Quake hits")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.board.Create(t.Context(), thread, message.Message{Content: "Now three"}, "n2"); err != nil {
		t.Fatal(err)
	}
	code, body := s.get(t, "/")
	if code != http.StatusOK {
		t.Fatalf("status %d", code)
	}
	contains(t, body, "A notice.", `id="m-`+id+`"`, "Quake hits &lt;b&gt;", `style="--bar:#ff0000"`, "Thread: Quake hits",
		"Now three", ">Details</button>", `aria-current="page"`, "sent silently", `lang="en"`, "<main>", `role="log"`)
	if strings.Contains(body, "twice") {
		t.Error("a repeated nonce made a second message")
	}
	if _, other := s.get(t, "/c/c2"); !strings.Contains(other, "Nothing here yet") {
		t.Error("the other channel is not empty")
	}
}

func TestBoard_UnknownIsGone(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, create := s.board.Create(t.Context(), "nowhere", message.Message{}, "")
	_, start := s.board.StartThread(t.Context(), "c1", "1", "x")
	for _, err := range []error{create, start, s.board.Edit(t.Context(), "c1", "1", message.Message{})} {
		if !errors.Is(err, ErrUnknown) {
			t.Errorf("%v does not say that it is gone", err)
		}
	}
}

func TestCommand_AnswersWithAndWithoutScript(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	form := url.Values{"channel": {"c1"}, "line": {"/say hello"}}
	_, page := s.post(t, "/command", form)
	contains(t, page, "<!doctype html>", "said hello", "Only you can see this", "/say hello")
	_, part := s.post(t, "/command", form, "X-Part", "reply")
	if strings.Contains(part, "<html") {
		t.Error("the script got a whole page")
	}
	contains(t, part, "said hello")
	_, wrong := s.post(t, "/command", url.Values{"channel": {"c1"}, "line": {"/nonsense"}}, "X-Part", "reply")
	contains(t, wrong, "There is no /nonsense.")
	_, broken := s.post(t, "/command", url.Values{"channel": {"c1"}, "line": {"/break"}}, "X-Part", "reply")
	contains(t, broken, "Something went wrong on our side")
	if strings.Contains(broken, "secret detail") {
		t.Error("the reply shows the program's own error")
	}
	_, pressed := s.post(t, "/press", url.Values{"channel": {"c1"}, "custom": {"menu"}, "value": {"7"}}, "X-Part", "reply")
	contains(t, pressed, "pressed menu7")
}

// A file goes in with a line, and comes out with its answer.
func TestCommand_Files(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	send := func(line, name string, size int) string {
		t.Helper()
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		f, err := w.CreateFormFile("file", name)
		if err == nil {
			_, err = f.Write(bytes.Repeat([]byte("x"), size))
		}
		if err := errors.Join(err, w.WriteField("channel", "c2"), w.WriteField("line", line), w.Close()); err != nil {
			t.Fatal(err)
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/command", &b)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", w.FormDataContentType())
		_, page := s.do(t, req)
		return page
	}
	_, page := s.get(t, "/")
	contains(t, page, `enctype="multipart/form-data"`, `<input type="file" name="file">`)
	contains(t, send("/load", "my list.opml", 3), `<h1><span class="hash" aria-hidden="true">#</span> science`, "got my list.opml: xxx",
		`<a download="a&#34;b&lt;c&gt;.opml" href="data:application/octet-stream;base64,PG9wbWwvPg==">`)
	contains(t, send("/load", "", 0), "got : ")
	contains(t, send("/say hello", "spare.txt", 3), "said hello")
	contains(t, send("/load", "big", 2<<20), "That file is too large")
}

func TestCommand_PublicAnswersStandInTheChannel(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	if code, _ := s.post(t, "/command", url.Values{"channel": {"c1"}, "line": {"/say aloud"}}, "X-Part", "reply"); code != http.StatusNoContent {
		t.Errorf("status %d, want 204: the answer comes over the stream", code)
	}
	_, body := s.get(t, "/c/c1")
	contains(t, body, "said aloud")
}

func TestComplete(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	_, body := s.get(t, "/complete?channel=c1&line="+url.QueryEscape("/say one"))
	if want := `[{"line":"/say words:\"one two\"","name":"Two words"}]`; strings.TrimSpace(body) != want {
		t.Errorf("got %s, want %s", body, want)
	}
	for line, want := range map[string]string{
		"/pl":                     `[{"line":"/plan day ","name":"Plan a day"},{"line":"/plan week ","name":"Plan a week"}]`,
		"/plan w":                 `[{"line":"/plan week ","name":"Plan a week"}]`,
		"/plan day one":           `[{"line":"/plan day words:\"one two\"","name":"Two words"}]`,
		"/plan day hour:7 words:": `[{"line":"/plan day hour:7 words:\" two\"","name":"Two words"}]`,
		"/plan day words:a hour:": `[]`, // the option being typed has no suggestions
	} {
		if _, body := s.get(t, "/complete?channel=c1&line="+url.QueryEscape(line)); strings.TrimSpace(body) != want {
			t.Errorf("%s: got %s, want %s", line, body, want)
		}
	}
	if _, body := s.get(t, "/complete?line=/x+y"); strings.TrimSpace(body) != "[]" {
		t.Errorf("an unknown command was completed: %s", body)
	}
}

func TestEvents_StreamChanges(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := s.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewScanner(res.Body)
	until := func(want string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), want) {
				return
			}
		}
		t.Fatalf("the stream ended before %q", want)
	}
	until("data: 0")
	id, err := s.board.Create(t.Context(), "c1", message.Message{Content: "first"}, "")
	if err != nil {
		t.Fatal(err)
	}
	until("first")
	if err := s.board.Edit(t.Context(), "c1", id, message.Message{Content: "second"}); err != nil {
		t.Fatal(err)
	}
	until("second")
}

func TestServer_AnswersOnlyThisMachine(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for host, want := range map[string]int{
		"localhost:1": http.StatusOK, "127.0.0.1": http.StatusOK, "[::1]:80": http.StatusOK,
		"evil.example": http.StatusForbidden, "10.0.0.1": http.StatusForbidden,
	} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		if code, _ := s.do(t, req); code != want {
			t.Errorf("host %s: status %d, want %d", host, code, want)
		}
	}
	code, _ := s.post(t, "/command", url.Values{"channel": {"c1"}, "line": {"/say x"}}, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	if code != http.StatusForbidden {
		t.Errorf("a command from another site: status %d, want 403", code)
	}
}

func TestServe_EndsWithOpenStreams(t *testing.T) {
	t.Parallel()
	board := NewBoard(time.Now)
	s, err := NewServer(Options{Board: board, Commands: echo{}, Parse: parseLine, Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+l.Addr().String()+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	res, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestPage_NamesACommandsGroupOnce(t *testing.T) {
	t.Parallel()
	_, body := newSite(t).get(t, "/")
	_, hint, _ := strings.Cut(body, `id="hint"`)
	hint, _, _ = strings.Cut(hint, "</p>")
	for name, want := range map[string]int{"say": 1, "plan": 1, "plan day": 0} {
		if got := strings.Count(hint, "<code>/"+name+"</code>"); got != want {
			t.Errorf("the hint names /%s %d times, want %d: %s", name, got, want, hint)
		}
	}
}
