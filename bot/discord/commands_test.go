package discord

import (
	"encoding/json"
	"testing"

	"newsdesk/bot/message"
)

func testCommands() []message.Command {
	return []message.Command{
		{
			Name: "subscribe", Description: "Post a topic in a channel", ManageGuild: true, GuildOnly: true,
			Options: []message.Option{
				{Name: "topic", Description: "Which topic", Kind: message.OptionString, Required: true, Choices: []message.Choice{{Name: "World", Value: "world"}}},
				{Name: "channel", Description: "Where", Kind: message.OptionChannel},
			},
		},
		{
			Name: "latest", Description: "The latest events",
			Options: []message.Option{
				{Name: "hours", Description: "How far back", Kind: message.OptionInteger, Min: 1, Max: 72},
				{Name: "step", Description: "Page size", Kind: message.OptionInteger, Choices: []message.Choice{{Name: "Five", Value: "5"}}},
				{Name: "event", Description: "Which event", Kind: message.OptionString, Autocomplete: true},
			},
		},
		{Name: "help", Description: "What I can do"},
		{Name: "schedule", Description: "When", ManageGuild: true, GuildOnly: true, Subcommands: []message.Command{
			{Name: "digest", Description: "When digests come", Options: []message.Option{
				{Name: "every", Description: "How often", Kind: message.OptionString, Required: true},
				{Name: "zone", Description: "Which zone", Kind: message.OptionString, Autocomplete: true},
			}},
			{Name: "off", Description: "Never"},
		}},
	}
}

func encodeAll(list []message.Command) []commandBody {
	out := make([]commandBody, 0, len(list))
	for _, c := range list {
		out = append(out, encodeCommand(c))
	}
	return out
}

func TestEncodeCommand(t *testing.T) {
	t.Parallel()
	golden(t, "commands", encodeAll(testCommands()))
}

func TestSameCommands(t *testing.T) {
	t.Parallel()
	want := encodeAll(testCommands())
	// As Discord returns them: in another order, with ids, versions and nulls.
	asReturned := `[
	 {"id":"9","application_id":"1","version":"3","name":"help","description":"What I can do","type":1,"nsfw":false,
	  "default_member_permissions":null,"dm_permission":true,"contexts":[1,0],"integration_types":[0],"name_localizations":null},
	 {"id":"8","name":"latest","description":"The latest events","type":1,"contexts":[0,1],"integration_types":[0],"options":[
	  {"type":4,"name":"hours","description":"How far back","required":false,"min_value":1,"max_value":72,"name_localizations":null},
	  {"type":4,"name":"step","description":"Page size","choices":[{"name":"Five","value":5,"name_localizations":null}]},
	  {"type":3,"name":"event","description":"Which event","autocomplete":true}]},
	 {"id":"6","name":"schedule","description":"When","default_member_permissions":"32","contexts":[0],"integration_types":[0],"options":[
	  {"type":1,"name":"digest","description":"When digests come","options":[
	   {"type":3,"name":"every","description":"How often","required":true},{"type":3,"name":"zone","description":"Which zone","autocomplete":true}]},
	  {"type":1,"name":"off","description":"Never","options":[]}]},
	 {"id":"7","name":"subscribe","description":"Post a topic in a channel","default_member_permissions":"32","contexts":[0],"integration_types":[0],"options":[
	  {"type":3,"name":"topic","description":"Which topic","required":true,"choices":[{"name":"World","value":"world"}]},
	  {"type":7,"name":"channel","description":"Where","channel_types":[0,5,10,11,15]}]}]`
	var have []commandBody
	if err := json.Unmarshal([]byte(asReturned), &have); err != nil {
		t.Fatal(err)
	}
	if !sameCommands(have, want) {
		t.Error("commands that Discord has already count as different")
	}
	changes := map[string]func(c []commandBody) []commandBody{
		"one more":    func(c []commandBody) []commandBody { return append(c, commandBody{Name: "old", Type: 1}) },
		"one less":    func(c []commandBody) []commandBody { return c[1:] },
		"description": func(c []commandBody) []commandBody { c[0].Description = "else"; return c },
		"choice":      func(c []commandBody) []commandBody { c[0].Options[0].Choices[0].Value = "sport"; return c },
		"bound":       func(c []commandBody) []commandBody { *c[1].Options[0].MaxValue = 24; return c },
		"who may":     func(c []commandBody) []commandBody { c[0].DefaultPerms = nil; return c },
		"subcommand":  func(c []commandBody) []commandBody { c[3].Options[0].Options[1].Autocomplete = false; return c },
		"where":       func(c []commandBody) []commandBody { c[2].Contexts = []int{0}; return c },
		"order of options": func(c []commandBody) []commandBody {
			o := c[1].Options
			o[0], o[1] = o[1], o[0]
			return c
		},
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if sameCommands(have, change(encodeAll(testCommands()))) {
				t.Error("the change was not seen")
			}
		})
	}
}
