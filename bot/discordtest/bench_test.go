package discordtest_test

import (
	"testing"

	"newsdesk/bot/discordtest"
)

// BenchmarkStart measures a server's whole life, which every test pays.
func BenchmarkStart(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		s, err := discordtest.Start(discordtest.Options{})
		if err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}

// BenchmarkPost measures a message with an embed, judged and stored.
func BenchmarkPost(b *testing.B) {
	d := discordtest.New(b, discordtest.Options{NoRateLimits: true})
	c := d.AddGuild("Newsroom").AddTextChannel("world")
	b.ReportAllocs()
	for b.Loop() {
		if status, body, err := post(b.Context(), d, c); status != 200 || err != nil {
			b.Fatal(status, body, err)
		}
	}
}
