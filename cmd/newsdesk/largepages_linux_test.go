package main

import (
	"bytes"
	"errors"
	"os"
	"syscall"
	"testing"
)

// The heap's memory carries the mark. Whether the system makes large pages of it is
// its own affair.
func TestLargePages_MarkTheHeap(t *testing.T) {
	err := largePages()
	if errors.Is(err, syscall.EINVAL) {
		t.Skip("this system knows no large pages")
	}
	if err != nil {
		t.Fatal(err)
	}
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	marked := 0
	var at stretch
	for line := range bytes.Lines(maps) {
		line = bytes.TrimSpace(line)
		if s, _, ok := mapping(line); ok {
			at = s
		}
		if flags, ok := bytes.CutPrefix(line, []byte("VmFlags:")); ok && bytes.Contains(append(flags, ' '), []byte(" hg ")) {
			marked += int(at.to - at.from)
		}
	}
	if marked < roomyHeap-2*largePage {
		t.Errorf("%d MB are marked, want %d", marked>>20, roomyHeap>>20)
	}
}
