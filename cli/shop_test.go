package cli_test

import (
	"testing"

	"github.com/gorgon-commerce/gorgon"
	"github.com/gorgon-commerce/gorgon/gorgontest"
)

// open is an App on a fresh, migrated database.
func open(t testing.TB, database string) *gorgon.App {
	t.Helper()
	return gorgontest.Open(t, gorgon.New, database)
}
