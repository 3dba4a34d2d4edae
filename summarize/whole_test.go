package summarize

import (
	"strings"
	"testing"
)

func TestShortenings_KeepWhatAVerbWants(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"The surprising announcement by the port authority on October 28 came as the crane was being lifted.",
		"The controversial change to the oldest quay of the harbour was made because of the higher costs.",
		"The northern crane fell onto the quay, the southern one followed at noon, and the sea covered both after the storm.",
		"The northern crane fell onto the quay, the southern one followed at noon, and by the evening, a third crane surfaced.",
	} {
		for _, u := range append(shortenings(s, true), fitted(s, 80)...) {
			if strings.HasSuffix(u, " came.") || strings.HasSuffix(u, " made.") || strings.HasSuffix(u, " the sea.") || strings.HasSuffix(u, " the evening.") {
				t.Errorf("%q was cut to %q", s, u)
			}
		}
	}
}
