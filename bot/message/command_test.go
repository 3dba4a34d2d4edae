package message

import (
	"fmt"
	"strings"
	"testing"
)

func TestUsable_SubcommandsHaveTheRightsOfTheirCommand(t *testing.T) {
	t.Parallel()
	cmds := []Command{
		{Name: "help"},
		{Name: "plan", ManageGuild: true, GuildOnly: true, Subcommands: []Command{{Name: "day", Slow: true}, {Name: "week"}}},
	}
	var got []string
	for _, c := range Usable(cmds) {
		got = append(got, fmt.Sprint(c.Name, " ", c.ManageGuild, c.GuildOnly, c.Slow))
	}
	want := "help false false false; plan day true true true; plan week true true false"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("got %s, want %s", s, want)
	}
	if cmds[1].Subcommands[0].Name != "day" {
		t.Error("the list itself was changed")
	}
}

func TestValidateCommands_Subcommands(t *testing.T) {
	t.Parallel()
	sub := func(name string) Command { return Command{Name: name, Description: "x"} }
	many := make([]Command, 26)
	for i := range many {
		many[i] = sub(fmt.Sprintf("s%d", i))
	}
	option := []Option{{Name: "o", Description: "x"}}
	tests := []struct {
		name string
		cmd  Command
		err  string // "": it is fine
	}{
		{"two", Command{Subcommands: []Command{sub("a"), {Name: "b", Description: "x", Options: option}}}, ""},
		{"too many", Command{Subcommands: many}, "26 subcommands"},
		{"options beside them", Command{Options: option, Subcommands: []Command{sub("a")}}, "both options and subcommands"},
		{"twice", Command{Subcommands: []Command{sub("a"), sub("a")}}, "/c a is there twice"},
		{"name", Command{Subcommands: []Command{sub("A")}}, "/c A: a name is"},
		{"deeper", Command{Subcommands: []Command{{Name: "a", Description: "x", Subcommands: []Command{sub("b")}}}}, "has no subcommands"},
		{"rights of their own", Command{Subcommands: []Command{{Name: "a", Description: "x", ManageGuild: true}}}, "is said by its command"},
		{"no description", Command{Subcommands: []Command{{Name: "a"}}}, "description is blank"},
	}
	for _, tt := range tests {
		tt.cmd.Name, tt.cmd.Description = "c", "x"
		err := ValidateCommands([]Command{tt.cmd})
		if (tt.err == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.err) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.err)
		}
	}
}
