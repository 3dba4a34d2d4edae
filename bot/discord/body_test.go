package discord

import (
	"testing"
	"time"

	"newsdesk/bot/message"
)

func TestEncode(t *testing.T) {
	t.Parallel()
	// M12, M19: who may be notified, and silence, stand in the payload.
	tests := []struct {
		name string
		msg  message.Message
	}{
		{"message_plain", message.Message{Content: "One line @everyone <@&1>"}},
		{"message_silent_with_role", message.Message{
			Content: "Alert <@&42>", PingRoles: []string{"42", "42", "not a role"}, Silent: true,
		}},
		{"message_full", message.Message{
			Content: "Bridge closes for repairs",
			Embeds: []message.Embed{{
				Author: "2 sources", Title: "Bridge closes for repairs", URL: "https://example.org/bridge",
				Description: "• It closes on Monday [1]", Color: 0xCC3300,
				Fields: []message.Field{{Name: "Sources", Value: "1 Courier", Inline: true}, {Name: "Status", Value: "developing"}},
				Image:  "https://example.org/bridge.jpg", Footer: "#E12",
				Timestamp: time.Date(2026, 3, 1, 12, 30, 0, 0, time.FixedZone("", 3600)),
			}},
			Components: []message.Row{
				{Buttons: []message.Button{
					{Style: message.Primary, Label: "Details", ID: "event:12"},
					{Style: message.Secondary, Label: "Sources", ID: "sources:12", Disabled: true},
					{Style: message.Danger, Label: "Remove", ID: "remove:12"},
					{Style: message.Link, Label: "Read", URL: "https://example.org/bridge"},
				}},
				{}, // an empty row is left out
				{Menu: &message.Menu{ID: "open", Placeholder: "Open a story", Options: []message.Choice{
					{Name: "Bridge", Value: "12", Description: "2 sources"}, {Name: "Ferry", Value: "13"},
				}}},
				{Menu: &message.Menu{Kind: message.MenuRoles, ID: "role", Placeholder: "A role", Selected: []string{"42"}}},
				{Menu: &message.Menu{Kind: message.MenuChannels, ID: "channel", Selected: []string{"43"}}},
			},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			golden(t, tt.name, encode(tt.msg))
		})
	}
}
