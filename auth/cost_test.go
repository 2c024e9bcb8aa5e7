package auth

import (
	"bytes"
	"errors"
	"testing"

	"github.com/gorgon-commerce/gorgon/fault"
)

// A hash with a valid checksum that asks for more work than a login may cost is
// rejected before any work is done.
func TestCostIsBounded(t *testing.T) {
	t.Parallel()
	salt := bytes.Repeat([]byte{7}, atChecksum-atSalt)
	made, err := hash("a password", salt, cost{logN: 4, r: 1, p: 1})
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := Verify(made, "a password"); !ok || err != nil {
		t.Errorf("a cheap hash: %t, %v", ok, err)
	}
	for _, c := range []cost{
		{0, 8, 1}, {21, 1, 1}, {255, 8, 1}, {15, 0, 1}, {15, 8, 0}, {1, 33, 1}, {1, 1, 17}, {1, 1 << 31, 1}, {20, 8, 1},
	} {
		if err := c.check(); !errors.Is(err, &fault.Error{Type: fault.UnexpectedState}) {
			t.Errorf("%v: %v", c, err)
		}
	}
	for _, c := range []cost{{15, 8, 1}, {14, 8, 5}, {17, 8, 1}, {1, 1, 1}} {
		if err := c.check(); err != nil {
			t.Errorf("%v: %v", c, err)
		}
	}
}
