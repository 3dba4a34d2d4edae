package preview

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"newsdesk/bot/message"
)

// browser starts chromium, or skips the test where it was not asked for. The
// folder named by NEWSDESK_SCREENSHOTS, if any, gets pictures of the page.
func browser(t *testing.T) context.Context {
	t.Helper()
	if os.Getenv("NEWSDESK_BROWSER_TEST") == "" {
		t.Skip("set NEWSDESK_BROWSER_TEST=1 to test in a real browser (make browser)")
	}
	path := ""
	for _, name := range []string{"chromium", "google-chrome", "chromium-browser"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Fatal("NEWSDESK_BROWSER_TEST is set, but there is no chromium: install it")
	}
	alloc, stop := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
	)...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(cancel)
	return ctx
}

// tab is a page in the browser.
type tab struct {
	*testing.T
	ctx context.Context
}

func (b tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// until waits for a condition on the page.
func (b tab) until(expression string) {
	b.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingInterval(50*time.Millisecond))); err != nil {
		b.Fatalf("waiting for %s: %v", expression, err)
	}
}

// eval returns the value of an expression on the page.
func eval[V any](b tab, expression string) V {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[V](expression))
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// colors asks the page for its light or its dark colours.
func (b tab) colors(scheme string) {
	b.Helper()
	_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
	if err != nil {
		b.Fatal(err)
	}
}

// picture keeps what the page looks like, for a person to see.
func (b tab) picture(name string) {
	b.Helper()
	dir := os.Getenv("NEWSDESK_SCREENSHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.Fatal(err)
	}
}

// In a real browser: what is posted appears by itself, an edit replaces it, a
// command typed is answered without a reload, a button is pressed, and neither
// a phone nor dark mode breaks the page.
func TestBrowser_LivePage(t *testing.T) {
	b := tab{t, browser(t)}
	s := newSite(t)
	b.do(chromedp.EmulateViewport(1100, 800), chromedp.Navigate(s.URL+"/"), chromedp.WaitVisible(chromedp.CSS(".empty")))

	id, err := s.board.Create(t.Context(), "c1", sample("Two dead in quake"), "")
	if err != nil {
		t.Fatal(err)
	}
	title := `document.querySelector("#m-` + id + ` .embed h3").textContent`
	b.until(`document.querySelector("#m-` + id + `")`)
	if got := eval[string](b, title); got != "Two dead in quake" {
		t.Errorf("the message reads %q", got)
	}
	if err := s.board.Edit(t.Context(), "c1", id, sample("Nine dead in quake")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.board.StartThread(t.Context(), "c1", id, "Quake"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.board.Create(t.Context(), id, message.Message{Content: "🔄 <t:1772539140:t> Nine dead, was two"}, ""); err != nil {
		t.Fatal(err)
	}
	b.until(title + ` === "Nine dead in quake" && document.querySelector("#m-` + id + ` .thread .message")`)

	b.do(chromedp.SendKeys(chromedp.CSS("#line"), "/say hello\r"))
	b.until(`document.querySelector(".reply .content")?.textContent === "said hello"`)
	b.until(`document.activeElement.id === "line" && document.getElementById("line").value === ""`)
	b.do(chromedp.Click(chromedp.CSS("#m-" + id + " .press button")))
	b.until(`[...document.querySelectorAll(".reply .content")].some(e => e.textContent === "pressed story:1")`)

	// A message in another channel is counted beside its name.
	if _, err := s.board.Create(t.Context(), "c2", sample("Elsewhere"), ""); err != nil {
		t.Fatal(err)
	}
	b.until(`document.querySelector('.channels a[data-id="c2"] .unread').textContent === "1"`)
	for _, scheme := range []string{"light", "dark"} {
		b.colors(scheme)
		b.picture(scheme)
		if poor := eval[[]string](b, hardToRead); len(poor) > 0 {
			t.Errorf("%s colours, text that is hard to read:\n%s", scheme, strings.Join(poor, "\n"))
		}
	}
	b.do(chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile))
	if wide := eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); wide > 0 {
		t.Errorf("on a phone the page is %d pixels too wide", wide)
	}
	b.picture("phone")

	// Everything that can be acted on has a name for a screen reader.
	nameless := eval[[]string](b, `[...document.querySelectorAll("a,button,input:not([type=hidden]),select,summary")]
		.filter(e => !(e.textContent.trim() || e.getAttribute("aria-label") || (e.labels && e.labels.length))).map(e => e.outerHTML)`)
	if len(nameless) > 0 {
		t.Errorf("without a name: %s", strings.Join(nameless, "\n"))
	}
}

func sample(title string) message.Message {
	return message.Message{
		Content: "📰 " + title,
		Embeds: []message.Embed{{
			Author: "2 sources · first: Delta Wire", Title: title, URL: "https://a.example/1", Color: 0x3b5bdb,
			Description: "**Where** Velmora · **When** <t:1772539140:R>\n• Nine people died, the agency said [1](https://a.example/1)\n• ▲ The port is shut [2](https://a.example/2)",
			Fields:      []message.Field{{Name: "Sources", Value: "1 [Delta Wire](https://a.example/1) · 2 [Courier](https://a.example/2)"}},
			Footer:      "developing · extracted, no AI · #E4F2", Timestamp: noon,
		}},
		Components: []message.Row{{Buttons: []message.Button{{Style: message.Secondary, Label: "Details", ID: "story:1"}}}},
	}
}

// hardToRead lists the texts on the page whose contrast is below WCAG's 4.5 to
// 1.
const hardToRead = `(() => {
		const parse = (c) => { const m = c.match(/[\d.]+/g).map(Number); return c.startsWith("color(") ? [...m.slice(-4, -1).map(v => v * 255), m[3] ?? 1] : m; };
		const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
			.reduce((s, v, i) => s + v * [.2126, .7152, .0722][i], 0);
		const back = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
		const out = [];
		for (const e of document.querySelectorAll("body *")) {
			if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !e.checkVisibility() || e.closest(".sr,.skip,[hidden]")) continue;
			const [a, b] = [light(parse(getComputedStyle(e).color)), light(back(e))].sort((x, y) => y - x);
			const ratio = (a + .05) / (b + .05);
			if (ratio < 4.5) out.push(ratio.toFixed(2) + " " + e.tagName + "." + e.className + ": " + e.textContent.trim().slice(0, 40));
		}
		return out;
	})()`
