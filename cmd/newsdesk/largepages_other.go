//go:build !linux

package main

// largePages has nothing to do where the system chooses the size of pages by itself.
func largePages() error { return nil }
