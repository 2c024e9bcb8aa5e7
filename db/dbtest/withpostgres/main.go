// Command withpostgres starts a PostgreSQL server and runs a command with
// GORGON_TEST_POSTGRES set to its URL, so that many test binaries share it:
//
//	go run ./db/dbtest/withpostgres go test ./...
//
// If the variable is already set, or PostgreSQL is not installed, it only runs
// the command.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"github.com/gorgon-commerce/gorgon/db/dbtest"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: withpostgres COMMAND [ARG …]")
		os.Exit(2)
	}
	os.Exit(run(os.Args[1], os.Args[2:]))
}

func run(name string, args []string) int {
	cmd := exec.Command(name, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if os.Getenv("GORGON_TEST_POSTGRES") == "" {
		url, stop, err := dbtest.Server()
		if err != nil {
			fmt.Fprintln(os.Stderr, "withpostgres:", err)
		} else {
			defer stop()
			cmd.Env = append(os.Environ(), "GORGON_TEST_POSTGRES="+url)
		}
	}
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
		return 1
	}
	return 0
}
