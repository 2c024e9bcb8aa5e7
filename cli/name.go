package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
)

// ours is the name of the program that has no other one.
const ours = "gorgon"

// programName returns what a program calls itself: the name of its Setup, or that of
// its file. A test binary has no name of its own.
func programName(given, file string) string {
	if given != "" {
		return given
	}
	name := strings.TrimSuffix(filepath.Base(file), ".exe")
	if name == "." || name == string(filepath.Separator) || strings.HasSuffix(name, ".test") || strings.ContainsAny(name, " \t") {
		return ours
	}
	return name
}

// commandLine matches where texts tell what to type.
var commandLine = regexp.MustCompile(`\bgorgon( |\.fish\b)`)

// quotedLine matches the same inside of a message, where it follows a backquote.
var quotedLine = regexp.MustCompile("`gorgon ")

// rename makes the help of a command, and of those below it, use the name of the
// program.
func rename(cmd *cobra.Command, name string) {
	if name == ours {
		return
	}
	for _, text := range []*string{&cmd.Long, &cmd.Example} {
		*text = named(name, *text)
	}
	for _, c := range cmd.Commands() {
		rename(c, name)
	}
}

// named returns a text with command lines of the program called name.
func named(name, text string) string {
	return commandLine.ReplaceAllStringFunc(text, func(found string) string { return name + strings.TrimPrefix(found, ours) })
}

// inMessage returns a message with command lines of the program that cmd belongs
// to.
func inMessage(cmd *cobra.Command, message string) string {
	return quotedLine.ReplaceAllLiteralString(message, "`"+cmd.Root().Name()+" ")
}

// asTyped returns a program's name as a command line has it: with ./ where it was
// started from the working folder.
func asTyped(name, typed string) string {
	if typed == "./"+name {
		return typed
	}
	return name
}

// ownName returns the name of the running program.
func ownName(s *Setup) string { return programName(s.Name, os.Args[0]) }
