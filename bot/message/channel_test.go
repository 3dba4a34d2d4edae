package message

import (
	"strings"
	"testing"
)

func TestMissing(t *testing.T) {
	t.Parallel()
	tests := []struct {
		kind ChannelKind
		has  uint64
		want string // where messages get threads
	}{
		{TextChannel, administrator, ""},
		{TextChannel, viewChannel | sendMessages, "Embed Links, Create Public Threads, Send Messages in Threads"},
		{"", viewChannel | sendMessages, "Embed Links, Create Public Threads, Send Messages in Threads"},
		{AnnouncementChannel, Invited, ""},
		{ForumChannel, viewChannel | embedLinks, "Create Posts, Send Messages in Posts"},
		{ForumChannel, viewChannel | embedLinks | sendMessages | sendInThreads, ""},
		{ThreadChannel, viewChannel | embedLinks, "Send Messages in Threads"},
		{ThreadChannel, viewChannel | embedLinks | sendInThreads, ""},
		{ThreadChannel, 0, "View Channel, Embed Links, Send Messages in Threads"},
	}
	for _, tt := range tests {
		if got := strings.Join(Missing(tt.kind, tt.has, true), ", "); got != tt.want {
			t.Errorf("%s with %b: %q, want %q", tt.kind, tt.has, got, tt.want)
		}
	}
	for kind, want := range map[ChannelKind]string{
		TextChannel: "", AnnouncementChannel: "", ForumChannel: "Send Messages in Posts", ThreadChannel: "Send Messages in Threads",
	} {
		if got := strings.Join(Missing(kind, viewChannel|sendMessages|embedLinks, false), ", "); got != want {
			t.Errorf("%s without threads: %q, want %q", kind, got, want)
		}
	}
	for missing, want := range map[string]bool{
		"": false, "Create Public Threads": true, "Create Public Threads,Send Messages in Threads": true,
		"Send Messages in Threads": false /* a thread needs it for all */, "Embed Links,Create Public Threads": false,
	} {
		if got := OnlyForThreads(strings.Split(missing, ",")); got != want {
			t.Errorf("%s is for threads only: %v, want %v", missing, got, want)
		}
	}
	for _, kind := range []ChannelKind{TextChannel, AnnouncementChannel, ForumChannel, ThreadChannel} {
		if got := Missing(kind, Invited, true); got != nil {
			t.Errorf("%s: the invitation leaves out %v", kind, got)
		}
	}
}
