package main

import (
	"fmt"
	"strings"
	"syscall"
	"unsafe"
)

// Sizes of the memory in which the heap begins. A page of 4 KB costs 1 to 20 µs
// when it is first touched, most where the machine is a virtual one, and thousands
// are until the first feeds are read; a large page costs what a few of these do.
const (
	roomyHeap = 24 << 20
	largePage = 2 << 20 // on what we know; where it is more, the system says no
)

// largePages asks for the memory in which the heap grows next to be made of large
// pages. The heap takes it where it is not used yet, so it is taken, marked, and
// left again: what is touched of it is a byte.
func largePages() error {
	var room strings.Builder // whose memory is not cleared
	room.Grow(roomyHeap)
	_ = room.WriteByte(0)
	start := uintptr(unsafe.Pointer(unsafe.StringData(room.String()))) //nolint:gosec // the address is all that is asked for
	from := (start + largePage - 1) &^ (largePage - 1)
	to := (start + roomyHeap) &^ (largePage - 1)
	_, _, code := syscall.Syscall(syscall.SYS_MADVISE, from, to-from, syscall.MADV_HUGEPAGE)
	room.Reset()
	if code != 0 {
		return fmt.Errorf("ask for large pages: %w", code)
	}
	return nil
}
