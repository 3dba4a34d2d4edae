// Package digest decides what a channel's digest tells and when it is due. It
// takes values and returns values: no clock, network or database. Only the
// rules of time zones are read from where the program keeps them.
package digest
