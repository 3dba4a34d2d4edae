package app

import (
	"fmt"
	"slices"
	"testing"
)

func TestPollOnce_FeedsOfAHostAreNeighbours(t *testing.T) {
	t.Parallel()
	var list, hosts []string
	for i := range 3 { // as a list comes that goes round all hosts
		for host := range 5 {
			list = append(list, fmt.Sprintf("https://h%d.example/%d", host, i))
		}
	}
	list = append(list, "https://H0.example/3", "no address")
	for _, url := range list {
		hosts = append(hosts, hostOf(url))
	}
	var got []string
	for _, i := range besideNeighbours(hosts, 2) {
		got = append(got, list[i])
	}
	want := []string{
		"https://h0.example/0", "https://h1.example/0", "https://h0.example/1", "https://h1.example/1", "https://h0.example/2", "https://h1.example/2", "https://H0.example/3",
		"https://h2.example/0", "https://h3.example/0", "https://h2.example/1", "https://h3.example/1", "https://h2.example/2", "https://h3.example/2",
		"https://h4.example/0", "no address", "https://h4.example/1", "https://h4.example/2",
	}
	if !slices.Equal(got, want) {
		t.Errorf("polled in the order %q\nwant %q", got, want)
	}
}
