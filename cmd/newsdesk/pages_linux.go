package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"syscall"
)

// releaseProgram gives back the memory in which the program's own file was read
// for its start: hundreds of packages make their tables then, which touches
// three quarters of the file, 40 MB, and most of it never again. What is needed
// again is in the system's cache, at a fault for every 64 KB. It takes 10 ms of
// processor time, so it is for what lasts.
func releaseProgram() error {
	file, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return fmt.Errorf("find the program's file: %w", err)
	}
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return fmt.Errorf("find where the program is mapped: %w", err)
	}
	var failed error
	for _, part := range untouched(maps, file) {
		if _, _, code := syscall.Syscall(syscall.SYS_MADVISE, part.from, part.to-part.from, syscall.MADV_DONTNEED); code != 0 {
			failed = errors.Join(failed, fmt.Errorf("release the program's pages: %w", code))
		}
	}
	return failed
}

// stretch is a part of the address space.
type stretch struct{ from, to uintptr }

// untouched reads /proc/self/smaps and returns where that file is mapped as it
// stands on the disk. A part that was written to, if only by the loader before it
// was locked, has pages of its own ("Anonymous"), which could not be read again.
func untouched(maps []byte, file string) []stretch {
	var parts []stretch
	var at stretch
	ours := false
	for line := range bytes.Lines(maps) {
		line = bytes.TrimSpace(line)
		if s, rest, ok := mapping(line); ok {
			// 00400000-01e4a000 r-xp 00000000 fe:00 131123   /usr/bin/newsdesk
			at, ours = s, bytes.HasPrefix(rest, []byte("r-")) && bytes.HasSuffix(rest, []byte(" "+file))
			continue
		}
		if size, ok := bytes.CutPrefix(line, []byte("Anonymous:")); ok && ours && string(bytes.TrimSpace(size)) == "0 kB" {
			parts = append(parts, at)
		}
	}
	return parts
}

// mapping reads the first line of an entry: its addresses, and what follows.
func mapping(line []byte) (s stretch, rest []byte, ok bool) {
	addresses, rest, _ := bytes.Cut(line, []byte(" "))
	a, b, _ := bytes.Cut(addresses, []byte("-"))
	from, errFrom := strconv.ParseUint(string(a), 16, strconv.IntSize)
	to, errTo := strconv.ParseUint(string(b), 16, strconv.IntSize)
	return stretch{uintptr(from), uintptr(to)}, rest, errFrom == nil && errTo == nil
}
