//go:build !race

package app

// raceEnabled says that the tests run with the race detector, many times slower.
const raceEnabled = false
