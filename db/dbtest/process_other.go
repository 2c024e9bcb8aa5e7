//go:build !linux

package dbtest

import (
	"os/exec"
	"syscall"
)

func dieWithParent(attr *syscall.SysProcAttr) *syscall.SysProcAttr { return attr }

func startLocked(c *exec.Cmd) error { return c.Start() }
