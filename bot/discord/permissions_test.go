package discord

import (
	"net/url"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"
)

func TestPermissionsOf(t *testing.T) {
	t.Parallel()
	const (
		view  = discordgo.PermissionViewChannel
		send  = discordgo.PermissionSendMessages
		embed = discordgo.PermissionEmbedLinks
		admin = discordgo.PermissionAdministrator
	)
	roles := []role{{ID: "1", Permissions: view}, {ID: "5", Permissions: send}, {ID: "6", Permissions: embed}, {ID: "7", Permissions: admin}}
	tests := []struct {
		name       string
		has        []string
		overwrites []overwrite
		want       uint64
	}{
		{"everyone only", nil, nil, view},
		{"roles add up", []string{"5", "6"}, nil, view | send | embed},
		{"administrator has all", []string{"7"}, []overwrite{{ID: "1", Deny: view}}, ^uint64(0)},
		{"everyone denied", []string{"5"}, []overwrite{{ID: "1", Deny: view}}, send},
		{"a role's allow beats everyone's deny", []string{"5"}, []overwrite{{ID: "1", Deny: view}, {ID: "5", Allow: view}}, view | send},
		{"one role's allow beats another's deny", []string{"5", "6"}, []overwrite{{ID: "5", Deny: send}, {ID: "6", Allow: send}}, view | send | embed},
		{"the member's own comes last", []string{"5"}, []overwrite{{ID: "99", Type: 1, Deny: send}, {ID: "5", Allow: send}}, view},
		{"another member's is not ours", nil, []overwrite{{ID: "98", Type: 1, Deny: view}}, view},
		{"a role the bot lacks is not ours", nil, []overwrite{{ID: "6", Deny: view}}, view},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := permissionsOf("99", tt.has, channelBody{Guild: "1", Overwrites: tt.overwrites}, roles)
			if got != tt.want {
				t.Errorf("got %b, want %b", got, tt.want)
			}
		})
	}
}

func TestInviteURL_AsksForTheLeast(t *testing.T) {
	t.Parallel()
	u, err := url.Parse(InviteURL("123"))
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{
		"client_id": {"123"}, "scope": {"bot applications.commands"}, "integration_type": {"0"},
		"permissions": {"309237730304"}, // 1<<10 | 1<<11 | 1<<14 | 1<<16 | 1<<35 | 1<<38
	}
	if diff := cmp.Diff(want, u.Query()); diff != "" {
		t.Error(diff)
	}
}
