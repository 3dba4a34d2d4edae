package discord

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsdesk/bot/message"
)

const commandEvent = `{
 "id":"100","application_id":"1","type":2,"token":"tok","version":1,"guild_id":"9","channel_id":"5","locale":"de",
 "app_permissions":"3072","channel":{"id":"5","type":11},
 "member":{"user":{"id":"42","username":"ada"},"permissions":"32","roles":[]},
 "data":{"id":"3","name":"subscribe","type":1,
  "options":[{"name":"topic","type":3,"value":"world"},{"name":"channel","type":7,"value":"6"},{"name":"hours","type":4,"value":24}],
  "resolved":{"channels":{"6":{"id":"6","name":"news","type":15,"permissions":"1","app_permissions":"2048"}}}}}`

func TestDecode(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, data string
		want       message.Interaction
	}{
		{"command", commandEvent, message.Interaction{
			Kind: message.KindCommand, Command: "subscribe",
			Options: map[string]string{"topic": "world", "channel": "6", "hours": "24"},
			Guild:   "9", Channel: "5", User: "42", Locale: "de", Manage: true,
			ChannelPermissions: map[string]uint64{"5": 3072, "6": 2048},
			ChannelKinds:       map[string]message.ChannelKind{"5": message.ThreadChannel, "6": message.ForumChannel},
		}},
		{
			"completion", `{"id":"100","application_id":"1","type":4,"token":"t","channel_id":"5","user":{"id":"42"},"data":{"name":"story","type":1,
			 "options":[{"name":"event","type":3,"value":"qua","focused":true}]}}`,
			message.Interaction{
				Kind: message.KindAutocomplete, Command: "story", Options: map[string]string{"event": "qua"}, Focused: "event",
				Channel: "5", User: "42", ChannelPermissions: map[string]uint64{},
			},
		},
		{
			"menu", `{"id":"100","application_id":"1","type":3,"token":"t","guild_id":"9","member":{"user":{"id":"42"},"permissions":"8"},
			 "data":{"custom_id":"open","component_type":3,"values":["12"]},"message":{"components":[{"type":99,"odd":true}]}}`,
			message.Interaction{
				Kind: message.KindComponent, Custom: "open", Values: []string{"12"}, Guild: "9", User: "42", Manage: true,
				ChannelPermissions: map[string]uint64{},
			},
		},
		{
			"menu of channels", `{"id":"100","application_id":"1","type":3,"token":"t","guild_id":"9","member":{"user":{"id":"42"},"permissions":"32"},
			 "data":{"custom_id":"where","component_type":8,"values":["6"],"resolved":{"channels":{"6":{"id":"6","type":15,"app_permissions":"2048"}}}}}`,
			message.Interaction{
				Kind: message.KindComponent, Custom: "where", Values: []string{"6"}, Guild: "9", User: "42", Manage: true,
				ChannelPermissions: map[string]uint64{"6": 2048}, ChannelKinds: map[string]message.ChannelKind{"6": message.ForumChannel},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, answerable, err := decode([]byte(tt.data))
			if err != nil || !answerable {
				t.Fatal(answerable, err)
			}
			if diff := cmp.Diff(tt.want, got.in); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDecode_OddOnes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, data string
		answerable bool
	}{
		{"null", `null`, false},
		{"no token", `{"id":"1","application_id":"1","type":2}`, false},
		{"id is a path", `{"id":"../1","application_id":"1","type":2,"token":"t"}`, false},
		{"ping", `{"id":"1","application_id":"1","type":1,"token":"t"}`, false},
		{"modal", `{"id":"1","application_id":"1","type":5,"token":"t"}`, true},
		{"data is a list", `{"id":"1","application_id":"1","type":2,"token":"t","user":{"id":"4"},"data":[]}`, true},
		{"no data", `{"id":"1","application_id":"1","type":3,"token":"t","user":{"id":"4"}}`, true},
		{"member without user", `{"id":"1","application_id":"1","type":3,"token":"t","member":{},"data":{"custom_id":"x"}}`, true},
		{"option is an object", `{"id":"1","application_id":"1","type":2,"token":"t","user":{"id":"4"},"data":{"name":"x","options":[{"name":"a","value":{}}]}}`, true},
		{"no such attachment", `{"id":"1","application_id":"1","type":2,"token":"t","user":{"id":"4"},"data":{"name":"x","options":[{"name":"a","type":11,"value":"7"}],"resolved":{"attachments":{"8":{}}}}}`, true},
		{"guild is a number", `{"id":"1","application_id":"1","type":2,"token":"t","user":{"id":"4"},"guild_id":5,"data":{"name":"x"}}`, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, answerable, err := decode([]byte(tt.data))
			if err == nil || answerable != tt.answerable {
				t.Errorf("answerable = %v, err = %v", answerable, err)
			}
		})
	}
}

// The documentation's own examples are understood.
func TestDecode_DocumentedExamples(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("NEWSDESK_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	files, err := filepath.Glob(filepath.Join(dir, "data", "discord", "examples", "application-commands-example-*.json"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), `"token"`) {
			continue // a command, not an interaction
		}
		n++
		var whole map[string]any
		if err := json.Unmarshal(data, &whole); err != nil {
			t.Fatal(err)
		}
		whole["application_id"] = "1" // the examples leave it out
		data, err = json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		if got, _, err := decode(data); err != nil || got.in.User == "" {
			t.Errorf("%s: %+v, %v", filepath.Base(f), got.in, err)
		}
	}
	if n == 0 {
		t.Skipf("SKIPPED: no examples of interactions in %s (set NEWSDESK_SHARED)", dir)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(commandEvent))
	f.Add([]byte(`{"id":"1","application_id":"1","type":3,"token":"t","user":{"id":"4"},"data":{"custom_id":"x","values":["1"]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		in, answerable, err := decode(data)
		if err == nil && (!answerable || !snowflake(in.id) || in.in.User == "" || in.in.Kind == "") {
			t.Errorf("%+v passed", in)
		}
	})
}
