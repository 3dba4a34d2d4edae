package gomoji

import "testing"

func TestRemoveEmojis(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"Anna Berg", "Anna Berg"},
		{" 📰 Anna Berg ✈️", "Anna Berg"},
		{"Anna 👩🏽‍💻 Berg 🇸🇪", "Anna  Berg"},
		{"ශ්‍රී ලංකා", "ශ්‍රී ලංකා"},
		{"José Ñáñez-O’Neill, 2", "José Ñáñez-O’Neill, 2"},
		{"😀", ""},
	} {
		if got := RemoveEmojis(c.text); got != c.want {
			t.Errorf("RemoveEmojis(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}
