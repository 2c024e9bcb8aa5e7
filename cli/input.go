package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/gorgon-commerce/gorgon/fault"
)

// untilDone returns what read returns, or the error of ctx when ctx ends first:
// read may block forever, as a terminal does.
func untilDone[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		v, err := read()
		done <- result{v, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// firstLine returns the first line of r without its line ending.
func firstLine(r io.Reader) (string, error) {
	line, err := bufio.NewReader(r).ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}

// askPassword asks twice for a password at the terminal, which does not echo it.
func askPassword(ctx context.Context, in any, prompts io.Writer) (string, error) {
	terminal, ok := in.(*os.File)
	if !ok {
		return "", fault.New(fault.InvalidData, "there is no terminal to ask for the password at")
	}
	first, err := askOnce(ctx, terminal, prompts, "Password: ")
	if err != nil {
		return "", err
	}
	again, err := askOnce(ctx, terminal, prompts, "Password again: ")
	if err == nil && first != again {
		err = fault.New(fault.InvalidData, "the two passwords differ")
	}
	return first, err
}

// askOnce restores the state of the terminal, even when the user interrupts.
func askOnce(ctx context.Context, terminal *os.File, prompts io.Writer, prompt string) (string, error) {
	fd := int(terminal.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	fmt.Fprint(prompts, prompt)
	b, err := untilDone(ctx, func() ([]byte, error) { return term.ReadPassword(fd) })
	fmt.Fprintln(prompts)
	return string(b), errors.Join(err, term.Restore(fd, before))
}
