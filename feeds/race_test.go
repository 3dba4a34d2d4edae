//go:build race

package feeds

const raceEnabled = true
