//go:build !linux

package pgtest

import "syscall"

// credential is a user to run as; elsewhere than on Linux nobody tests as root.
type credential struct{ Uid, Gid int }

func unprivileged() (*credential, error) { return nil, nil }

func attributes(*credential) *syscall.SysProcAttr { return nil }
