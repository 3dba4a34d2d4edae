package discordtest_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"newsdesk/bot/discordtest"
)

func repeat(n int, item string) string { return strings.TrimSuffix(strings.Repeat(item+",", n), ",") }

func embed(members string) string { return `{"embeds":[{` + members + `}]}` }

func row(components string) string {
	return `{"content":"x","components":[{"type":1,"components":[` + components + `]}]}`
}

func button(id string) string {
	return fmt.Sprintf(`{"type":2,"style":1,"label":"x","custom_id":%q}`, id)
}

func v2(components string) string { return `{"flags":32768,"components":[` + components + `]}` }

func command(members string) string {
	return `[{"name":"latest","description":"Latest events"` + members + `}]`
}

func option(members string) string {
	return command(`,"options":[{"type":3,"name":"topic","description":"A topic"` + members + `}]`)
}

// judged are bodies with what the judge should say: "" for good ones, else a
// part of its reason, or the code of the refusal.
var judged = []struct {
	name, route, body, want string
}{
	{"content", "message", `{"content":"hello"}`, ""},
	{"content of 2000", "message", `{"content":"` + strings.Repeat("x", 2000) + `"}`, ""},
	{"content of 2001", "message", `{"content":"` + strings.Repeat("x", 2001) + `"}`, "content"},
	{"content of 1001 pairs", "message", `{"content":"` + strings.Repeat("😀", 1001) + `"}`, "content"},
	{"content is a number", "message", `{"content":5}`, "content"},
	{"nothing", "message", `{}`, "50006"},
	{"blanks", "message", `{"content":"  \n"}`, "50006"},
	{"only buttons", "message", `{"components":[{"type":1,"components":[` + button("a") + `]}]}`, "50006"},
	{"discordgo's nulls", "message", `{"content":"x","embeds":null,"tts":false,"components":null,"sticker_ids":null}`, ""},
	{"members that nobody knows", "message", `{"content":"x","ID":"1","Channel":"2"}`, ""},
	{"nonce of 26", "message", `{"content":"x","nonce":"` + strings.Repeat("n", 26) + `"}`, "nonce"},
	{"mentions", "message", `{"content":"x","allowed_mentions":{"parse":[],"roles":["1"]}}`, ""},
	{"mentions that exclude each other", "message", `{"content":"x","allowed_mentions":{"parse":["roles"],"roles":["1"]}}`, "allowed_mentions"},
	{"mentions of no kind", "message", `{"content":"x","allowed_mentions":{"parse":["all"]}}`, "allowed_mentions"},

	{"embed", "message", embed(`"title":"t","url":"https://example.org","color":255,"timestamp":"2026-01-02T03:04:05Z","footer":{"text":"f"},"author":{"name":"a"},"fields":[{"name":"n","value":"v"}]`), ""},
	{"title of 300", "message", embed(`"title":"` + strings.Repeat("x", 300) + `"`), "title"},
	{"description of 4097", "message", embed(`"description":"` + strings.Repeat("x", 4097) + `"`), "description"},
	{"footer of 2049", "message", embed(`"footer":{"text":"` + strings.Repeat("x", 2049) + `"}`), "footer"},
	{"author of 257", "message", embed(`"author":{"name":"` + strings.Repeat("x", 257) + `"}`), "author"},
	{"26 fields", "message", embed(`"fields":[` + repeat(26, `{"name":"n","value":"v"}`) + `]`), "fields"},
	{"field without value", "message", embed(`"fields":[{"name":"n"}]`), "value"},
	{"field with a blank name", "message", embed(`"fields":[{"name":" ","value":"v"}]`), "name"},
	{"value of 1025", "message", embed(`"fields":[{"name":"n","value":"` + strings.Repeat("x", 1025) + `"}]`), "value"},
	{"11 embeds", "message", `{"embeds":[` + repeat(11, `{"title":"t"}`) + `]}`, "embeds"},
	{"6001 in all", "message", `{"embeds":[` + repeat(3, `{"description":"`+strings.Repeat("x", 2001)+`"}`) + `]}`, "6000"},
	{"6000 in all", "message", `{"embeds":[` + repeat(3, `{"description":"`+strings.Repeat("x", 2000)+`"}`) + `]}`, ""},
	{"ftp address", "message", embed(`"title":"t","url":"ftp://example.org/x"`), "url"},
	{"no address", "message", embed(`"title":"t","url":"nonsense"`), "url"},
	{"wrong time", "message", embed(`"title":"t","timestamp":"yesterday"`), "timestamp"},
	{"colour too large", "message", embed(`"title":"t","color":16777216`), "color"},

	{"5 buttons", "message", row(button("a") + "," + button("b") + "," + button("c") + "," + button("d") + "," + button("e")), ""},
	{"6 buttons", "message", row(button("a") + "," + button("b") + "," + button("c") + "," + button("d") + "," + button("e") + "," + button("f")), "components"},
	{"custom_id twice", "message", row(button("a") + "," + button("a")), "custom_id"},
	{"custom_id of 101", "message", row(button(strings.Repeat("x", 101))), "custom_id"},
	{"label of 81", "message", row(`{"type":2,"style":1,"custom_id":"a","label":"` + strings.Repeat("x", 81) + `"}`), "label"},
	{"link", "message", row(`{"type":2,"style":5,"label":"x","url":"https://example.org"}`), ""},
	{"link without address", "message", row(`{"type":2,"style":5,"label":"x"}`), "url"},
	{"link with custom_id", "message", row(`{"type":2,"style":5,"label":"x","custom_id":"a","url":"https://example.org"}`), "custom id"},
	{"6 rows", "message", `{"content":"x","components":[` + row5("a") + "," + row5("b") + "," + row5("c") + "," + row5("d") + "," + row5("e") + "," + row5("f") + `]}`, "components"},
	{"menu", "message", row(`{"type":3,"custom_id":"m","options":[{"label":"l","value":"v"}]}`), ""},
	{"menu of 26", "message", row(`{"type":3,"custom_id":"m","options":[` + repeat(26, `{"label":"l","value":"v"}`) + `]}`), "options"},
	{"menu beside a button", "message", row(`{"type":3,"custom_id":"m","options":[{"label":"l","value":"v"}]},` + button("a")), "components"},
	{"V2 parts without the flag", "message", `{"content":"x","components":[{"type":10,"content":"t"}]}`, "type"},
	{"V2", "message", v2(`{"type":17,"components":[{"type":10,"content":"t"},{"type":14},{"type":1,"components":[` + button("a") + `]}]}`), ""},
	{"V2 with content", "message", `{"flags":32768,"content":"x","components":[{"type":10,"content":"t"}]}`, "content"},
	{"V2 with 41", "message", v2(`{"type":17,"components":[` + repeat(40, `{"type":14}`) + `]}`), "40"},
	{"V2 showing 4001", "message", v2(`{"type":10,"content":"` + strings.Repeat("x", 2001) + `"},{"type":10,"content":"` + strings.Repeat("y", 2000) + `"}`), "4000"},
	{"container in a container", "message", v2(`{"type":17,"components":[{"type":17,"components":[{"type":14}]}]}`), "type"},

	{"thread", "thread", `{"name":"log","auto_archive_duration":1440}`, ""},
	{"thread without name", "thread", `{"auto_archive_duration":1440}`, "name"},
	{"thread with a wrong time", "thread", `{"name":"log","auto_archive_duration":100}`, "auto_archive_duration"},

	{"command", "commands", command(``), ""},
	{"permissions as text", "commands", command(`,"default_member_permissions":"32"`), ""},
	{"permissions as words", "commands", command(`,"default_member_permissions":"MANAGE"`), "default_member_permissions"},
	{"capitals", "commands", `[{"name":"Latest","description":"d"}]`, "name"},
	{"blank in a name", "commands", `[{"name":"la test","description":"d"}]`, "name"},
	{"the same name twice", "commands", `[{"name":"a","description":"d"},{"name":"a","description":"e"}]`, "unique"},
	{"description of 101", "commands", `[{"name":"a","description":"` + strings.Repeat("x", 101) + `"}]`, "description"},
	{"no description", "commands", `[{"name":"a"}]`, "description"},
	{"option", "commands", option(`,"required":true,"autocomplete":true,"choices":null,"channel_types":null,"options":null`), ""},
	{"option without name", "commands", command(`,"options":[{"type":3,"description":"d"}]`), "name"},
	{"26 options", "commands", command(`,"options":[` + options(26) + `]`), "options"},
	{"26 choices", "commands", option(`,"choices":[` + choices(26) + `]`), "choices"},
	{"choices and autocompletion", "commands", option(`,"autocomplete":true,"choices":[{"name":"a","value":"b"}]`), "mutually"},
	{"required after optional", "commands", command(`,"options":[{"type":3,"name":"a","description":"d"},{"type":3,"name":"b","description":"d","required":true}]`), "Required"},
	{"more than 8000", "commands", command(`,"options":[` + longOptions() + `]`), "8000"},
	{"subcommands", "commands", command(`,"options":[{"type":1,"name":"add","description":"d"},{"type":2,"name":"more","description":"d","options":[{"type":1,"name":"one","description":"d"}]}]`), ""},
	{"subcommand in a subcommand", "commands", command(`,"options":[{"type":1,"name":"add","description":"d","options":[{"type":1,"name":"one","description":"d"}]}]`), "type"},
	{"subcommands beside options", "commands", command(`,"options":[{"type":1,"name":"add","description":"d"},{"type":3,"name":"b","description":"d"}]`), "mutually"},
}

func row5(id string) string { return `{"type":1,"components":[` + button(id) + `]}` }

func options(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`{"type":3,"name":"o%d","description":"d"}`, i)
	}
	return strings.Join(list, ",")
}

func choices(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf(`{"name":"n%d","value":"v%d"}`, i, i)
	}
	return strings.Join(list, ",")
}

func longOptions() string {
	long := strings.Repeat("x", 100)
	list := make([]string, 3)
	for i := range list {
		var cs []string
		for j := range 25 {
			cs = append(cs, fmt.Sprintf(`{"name":"%02d%s","value":"%02d%s"}`, j, long[:98], j, long[:98]))
		}
		list[i] = fmt.Sprintf(`{"type":3,"name":"o%d","description":"d","choices":[%s]}`, i, strings.Join(cs, ","))
	}
	return strings.Join(list, ",")
}

// M18
func TestJudge(t *testing.T) {
	t.Parallel()
	for _, spec := range []string{"", discordtest.NoSpec} {
		d := discordtest.New(t, discordtest.Options{Spec: spec, Lenient: true, NoRateLimits: true})
		if spec == "" && !d.HasSpec() {
			t.Logf("SKIPPED: no openapi.json beside this repository and no %s: only our own rules are tried", discordtest.SpecVar)
			continue
		}
		c := d.AddGuild("Newsroom").AddTextChannel("world")
		first := ""
		if _, body := raw(t, d, "POST", "/channels/"+c.ID+"/messages", `{"content":"first"}`); body != "" {
			first = c.Messages()[0].ID
		}
		for _, tt := range judged {
			method, path := "POST", "/channels/"+c.ID+"/messages"
			switch tt.route {
			case "thread":
				path += "/" + first + "/threads"
			case "commands":
				method, path = "PUT", "/applications/"+d.ApplicationID()+"/commands"
			}
			resp, body := raw(t, d, method, path, tt.body)
			requests := d.Requests()
			refused := strings.Join(requests[len(requests)-1].Refused, "; ")
			switch {
			case tt.want == "" && (refused != "" || resp.StatusCode > 201):
				t.Errorf("spec %q, %s: refused with %d %s %s", spec, tt.name, resp.StatusCode, body, refused)
			case tt.want != "" && (resp.StatusCode != 400 || refused == ""):
				t.Errorf("spec %q, %s: not refused: %d %s", spec, tt.name, resp.StatusCode, refused)
			case !strings.Contains(refused+body, tt.want):
				t.Errorf("spec %q, %s: reason %q in %s, want %q", spec, tt.name, refused, body, tt.want)
			}
		}
	}
}

func TestJudge_ErrorTree(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{Spec: discordtest.NoSpec, Lenient: true})
	c := d.AddGuild("Newsroom").AddTextChannel("world")
	_, body := raw(t, d, "POST", "/channels/"+c.ID+"/messages", embed(`"title":"`+strings.Repeat("x", 257)+`"`))
	want := `{"code":50035,"errors":{"embeds":{"0":{"title":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 256 or fewer in length."}]}}}},"message":"Invalid Form Body"}`
	if body != want {
		t.Errorf("got  %s\nwant %s", body, want)
	}
}

func TestJudge_EditsAgainstTheMessage(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{Lenient: true, NoRateLimits: true})
	c := d.AddGuild("Newsroom").AddTextChannel("world")
	raw(t, d, "POST", "/channels/"+c.ID+"/messages", `{"content":"x"}`)
	raw(t, d, "POST", "/channels/"+c.ID+"/messages", v2(`{"type":10,"content":"t"}`))
	for _, tt := range []struct {
		message int
		body    string
		status  int
	}{
		{0, `{"content":""}`, 400},
		{0, `{"content":"","embeds":[{"title":"t"}]}`, 200},
		{0, `{"components":[{"type":10,"content":"t"}]}`, 400},
		{1, `{"content":"x"}`, 400},
		{1, `{"flags":0,"components":[{"type":10,"content":"u"}]}`, 200},
		{1, `{"components":[]}`, 400},
		{0, `{"flags":32768,"content":null,"embeds":null,"components":[{"type":10,"content":"t"}]}`, 200},
	} {
		resp, body := raw(t, d, "PATCH", "/channels/"+c.ID+"/messages/"+c.Messages()[tt.message].ID, tt.body)
		if resp.StatusCode != tt.status {
			t.Errorf("%s: %d %s, want %d", tt.body, resp.StatusCode, body, tt.status)
		}
	}
}

// TestExamples decodes Discord's own examples with discordgo's types, and
// sends those that are bodies of messages.
func TestExamples(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("..", "..", "..", "shared", "data", "discord", "examples")
	if spec := os.Getenv(discordtest.SpecVar); spec != "" {
		dir = filepath.Join(filepath.Dir(spec), "examples")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Skipf("SKIPPED: no examples in %s; set %s", dir, discordtest.SpecVar)
	}
	kinds := []struct {
		prefix string
		value  func() any
	}{
		{"application-commands-example-interaction", func() any { return new(discordgo.Interaction) }},
		{"application-commands-example-slash", func() any { return new(discordgo.ApplicationCommand) }},
		{"channel-example", func() any { return new(discordgo.Channel) }},
		{"guild-example-guild.json", func() any { return new(discordgo.Guild) }},
		{"message-example", func() any { return new(discordgo.Message) }},
		{"permissions-example-role", func() any { return new(discordgo.Role) }},
		{"gateway-example-response", func() any { return new(discordgo.GatewayBotResponse) }},
	}
	decoded := 0
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range kinds {
			if strings.HasPrefix(filepath.Base(path), k.prefix) {
				decoded++
				if err := json.Unmarshal(data, k.value()); err != nil {
					t.Errorf("%s: %v", filepath.Base(path), err)
				}
			}
		}
	}
	if decoded < 10 {
		t.Errorf("%d examples decoded, want 10 at least", decoded)
	}
	d := discordtest.New(t, discordtest.Options{Lenient: true, NoRateLimits: true})
	c := d.AddGuild("Newsroom").AddTextChannel("world")
	sent := 0
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		if !strings.HasPrefix(name, "reference-examples") || !strings.Contains(string(data), `"flags": 32768`) || strings.Contains(string(data), "attachment://") {
			continue
		}
		sent++
		if resp, body := raw(t, d, "POST", "/channels/"+c.ID+"/messages", string(data)); resp.StatusCode != 200 {
			t.Errorf("%s: %d %s", name, resp.StatusCode, body)
		}
	}
	if sent == 0 {
		t.Error("no example was sent")
	}
}
