package summarize

import "testing"

func TestClean_CaptionsBeforeASentence(t *testing.T) {
	t.Parallel()
	const s = "The mayor said on Sunday that the quay would open again after the crane had been lifted."
	for in, want := range map[string]string{
		"Mayor Peter Voss in May (Photo: Ida Moe, Halden Post) HALDEN -- " + s:                                           s,
		"Mayor Peter Voss in May (Photo: Ida Moe, Halden Post) " + s:                                                     s,
		"A man is treated after a crane fell near the quay Five people were hurt on Sunday when a crane fell in Halden.": "Five people were hurt on Sunday when a crane fell in Halden.",
		"Mayor Peter Voss in May (Photo: Ida Moe, Halden Post) On the quay.":                                             "Mayor Peter Voss in May On the quay.",
	} {
		if got := clean(in, true); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestStands_NotAfterAPost(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"Ida Moe November 8, 2016 The quay is off my list of walks now.":      false,
		"quaywalker_7 November 8, 2016 The quay is off my list of walks now.": false,
		"#halden #quay I told you that closing it would have consequences.":   false,
		"On November 8, 2016 the quay was closed after a crane fell.":         true,
	} {
		if got := stands(s, "en", true, false); got != want {
			t.Errorf("%q stands: %v", s, got)
		}
	}
}
