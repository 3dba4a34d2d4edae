package summarize

import "testing"

// Labels, buttons and captions that a page ran together with a sentence go;
// the sentence stays.
func TestCutRunIn(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Could not subscribe, try again later Invalid Email The council of Halden closed two bridges on Monday.":               "The council of Halden closed two bridges on Monday.",
		"Image caption The old bridge has two wide arches A decision to close two bridges in Halden has angered shop owners.":  "A decision to close two bridges in Halden has angered shop owners.",
		"The mayor read a story in The Example Times that two bridges in the town would be closed.":                            "The mayor read a story in The Example Times that two bridges in the town would be closed.",
		"The council voted on The Hague's plan to close two bridges in the old town by May.":                                   "The council voted on The Hague's plan to close two bridges in the old town by May.",
		"The mayor said \"please Read more of it before two bridges in the old town are closed for good.\"":                    "The mayor said \"please Read more of it before two bridges in the old town are closed for good.\"",
		"The council's troubles are only beginning Read more As two bridges were closed on Monday, shop owners met the mayor.": "As two bridges were closed on Monday, shop owners met the mayor.",
	} {
		if got := cutRunIn(in, true); got != want {
			t.Errorf("cutRunIn(%q)\n got %q\nwant %q", in, got, want)
		}
	}
}
