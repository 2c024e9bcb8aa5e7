package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// spent returns the processor time of this process and of the processes that it has
// started, such as a PostgreSQL server. It sees those on Linux only.
func spent() time.Duration {
	return started("self") + cpu()
}

// cpu returns the processor time of this process.
func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // cannot fail
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// started returns the processor time of the children of a process, and of theirs. A
// child that ends while it is asked counts nothing.
func started(pid string) time.Duration {
	var sum time.Duration
	lists, _ := filepath.Glob("/proc/" + pid + "/task/*/children") // the pattern is valid
	for _, list := range lists {
		b, err := os.ReadFile(list)
		if err != nil {
			continue
		}
		for _, child := range strings.Fields(string(b)) {
			sum += onProcessor(child) + started(child)
		}
	}
	return sum
}

// onProcessor reads the first number of /proc/pid/schedstat, in nanoseconds.
func onProcessor(pid string) time.Duration {
	b, err := os.ReadFile("/proc/" + pid + "/schedstat")
	if err != nil {
		return 0
	}
	var ns int64
	if _, err := fmt.Sscan(string(b), &ns); err != nil {
		return 0
	}
	return time.Duration(ns)
}
