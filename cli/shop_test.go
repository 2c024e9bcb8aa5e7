package cli_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/gorgontest"
)

// open returns an App that is open on a new database with all tables.
func open(t testing.TB, database string) *gorgon.App {
	t.Helper()
	return gorgontest.Open(t, gorgon.New, database)
}
