package server

import (
	_ "embed"
	"strings"
)

// comingText has the routes of Medusa that are to come, one a line. A test of
// package e2e holds it and the routes together.
//
//go:embed coming.txt
var comingText string

// coming returns the routes that are to come.
func coming() []string { return strings.Split(strings.TrimSpace(comingText), "\n") }
