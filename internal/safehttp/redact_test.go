package safehttp

import "testing"

// M6: what lets somebody in is not written to a log; which feed it is, is.
func TestRedacted(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://a.example/feed":                             "https://a.example/feed",
		"https://a.example/feed?channel_id=UCx&hl=en":        "https://a.example/feed?channel_id=UCx&hl=en",
		"https://ann:s3cret@a.example/feed":                  "https://...@a.example/feed",
		"https://s3cret@a.example/feed":                      "https://...@a.example/feed",
		"https://a.example/u.atom?token=s3cret":              "https://a.example/u.atom?token=...",
		"https://a.example/f?id=7&API_Key=s3cret&x":          "https://a.example/f?id=7&API_Key=...&x",
		"https://a.example/f?access%5Ftoken=s3cret&q=a%20b":  "https://a.example/f?access%5Ftoken=...&q=a%20b",
		"https://a.example/f?X-Amz-Signature=s3cret&sid=s3c": "https://a.example/f?X-Amz-Signature=...&sid=...",
		"https://a.example/f?token":                          "https://a.example/f?token",
		"http://ann:s3cret@bad host/":                        "",
	} {
		if got := Redacted(address); got != want {
			t.Errorf("Redacted(%q) = %q, want %q", address, got, want)
		}
	}
}
