// Command withpostgres runs a command with GORGON_TEST_POSTGRES set to a
// PostgreSQL started for it, so that many test binaries share one server:
//
//	go run ./db/dbtest/withpostgres go test ./...
//
// When the variable is set already, or no PostgreSQL is installed, the command
// runs as it is.
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
