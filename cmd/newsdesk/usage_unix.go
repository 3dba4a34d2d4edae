//go:build unix

package main

import (
	"runtime"
	"syscall"
)

// usage returns the processor time used so far, in seconds, and the most
// memory held at once, in bytes.
func usage() (cpu float64, maxRSS int64) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, 0
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	unit := int64(1024) // Linux and the BSDs count kilobytes
	if runtime.GOOS == "darwin" {
		unit = 1
	}
	return seconds(u.Utime) + seconds(u.Stime), int64(u.Maxrss) * unit //nolint:unconvert // the field's type differs by platform
}
