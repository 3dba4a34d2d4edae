package main

import (
	"bytes"
	"os"
	"strconv"
	"testing"
)

// It counts pages, which is no matter of time: the test's own code brings back a
// small part of what is given back.
func TestReleaseProgram_GivesBackWhatTheStartTouched(t *testing.T) {
	before := mapped(t)
	if err := releaseProgram(); err != nil {
		t.Fatal(err)
	}
	if after := mapped(t); after > before/2 {
		t.Errorf("of %d KB of the program in memory %d are left", before, after)
	}
}

// mapped is how much of the test program's file is in memory, in KB.
func mapped(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(status, []byte("RssFile:"))
	digits, _, _ := bytes.Cut(bytes.TrimSpace(rest), []byte(" "))
	n, err := strconv.Atoi(string(digits))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestUntouched_LeavesWhatWasWrittenTo(t *testing.T) {
	t.Parallel()
	const entry = "\nRss: 8 kB\nPrivate_Dirty: 4 kB\nAnonymous: "
	for name, tc := range map[string]struct {
		smaps string
		want  []stretch
	}{
		"code":                   {"00400000-01e4a000 r-xp 00000000 fe:00 13   /opt/newsdesk" + entry + "0 kB\n", []stretch{{0x400000, 0x1e4a000}}},
		"constants":              {"01e4a000-01e4b000 r--p 01a4a000 fe:00 13   /opt/newsdesk" + entry + "0 kB\n", []stretch{{0x1e4a000, 0x1e4b000}}},
		"relocated, then closed": {"01e4a000-01e4b000 r--p 01a4a000 fe:00 13   /opt/newsdesk" + entry + "4 kB\n", nil},
		"variables":              {"04072000-04280000 rw-p 03c72000 fe:00 13   /opt/newsdesk" + entry + "0 kB\n", nil},
		"a library":              {"7f0000000000-7f0000001000 r-xp 00000000 fe:00 14   /lib/libc.so.6" + entry + "0 kB\n", nil},
		"memory without a file":  {"7f0000000000-7f0000001000 r--p 00000000 00:00 0" + entry + "0 kB\n", nil},
		"nonsense":               {"Anonymous: 0 kB\nzz-1 r-xp /opt/newsdesk\nAnonymous: 0 kB", nil},
	} {
		got := untouched([]byte(tc.smaps), "/opt/newsdesk")
		if len(got) != len(tc.want) || len(got) > 0 && got[0] != tc.want[0] {
			t.Errorf("%s: %v, want %v", name, got, tc.want)
		}
	}
}
