package dbtest

import (
	"os/exec"
	"runtime"
	"syscall"
)

// dieWithParent returns attr with a signal by which the kernel stops the server
// when this process ends, for whatever reason.
func dieWithParent(attr *syscall.SysProcAttr) *syscall.SysProcAttr {
	a := *attr
	a.Pdeathsig = syscall.SIGQUIT
	return &a
}

// startLocked starts the command from a thread that lives as long as the
// process: the kernel sends the signal when the thread ends that started it.
func startLocked(c *exec.Cmd) error {
	errs := make(chan error)
	go func() {
		runtime.LockOSThread()
		errs <- c.Start()
		select {}
	}()
	return <-errs
}
