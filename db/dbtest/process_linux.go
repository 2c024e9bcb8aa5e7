package dbtest

import (
	"os/exec"
	"runtime"
	"syscall"
)

// dieWithParent has the kernel stop the server when this process ends, however
// it ends.
func dieWithParent(attr *syscall.SysProcAttr) *syscall.SysProcAttr {
	a := *attr
	a.Pdeathsig = syscall.SIGQUIT
	return &a
}

// startLocked starts the command from a thread that lives as long as the
// process: the death signal is sent when the starting thread ends.
func startLocked(c *exec.Cmd) error {
	errs := make(chan error)
	go func() {
		runtime.LockOSThread()
		errs <- c.Start()
		select {}
	}()
	return <-errs
}
