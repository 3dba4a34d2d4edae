package summarize

// CutDateline returns a sentence without the dateline or agency mark before it
// ("BAGHDAD (AP) — ", "(CNN) "). What it returns is the end of s, and all of s
// where there is none.
func CutDateline(s string) string { return cutDateline(s) }
