package auth_test

import (
	"encoding/base64"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/medusa/medusatest"
)

// Hashes made by another implementation of the format, with Python's hashlib.
const (
	known      = "c2NyeXB0AA8AAAAIAAAAAQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fFKeYVjdgQZpuc6gq1R4wTJ0cGMQsXiLHGko0ZEsq1xhSPuHiRJ6TpHYoCKT5n9j3"
	knownCheap = "c2NyeXB0AAoAAAAEAAAAAmRlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fn+AgYKD6cxrZnD+GFuSwPLA+MrbaUoCgajMt/I16e36Wi8nzpEbyzosM/1KfWKjG0GSfMDs"
)

func TestKnownAnswers(t *testing.T) {
	t.Parallel()
	for hash, password := range map[string]string{known: "correct horse battery staple", knownCheap: "pässwörd ☃"} {
		if ok, err := auth.Verify(hash, password); err != nil || !ok {
			t.Errorf("%s: %t, %v", password, ok, err)
		}
		for _, wrong := range []string{"", password + " ", strings.ToUpper(password)} {
			if ok, err := auth.Verify(hash, wrong); err != nil || ok {
				t.Errorf("%q passes for %q: %v", wrong, password, err)
			}
		}
	}
}

func TestHashIsVerified(t *testing.T) {
	t.Parallel()
	first, err := auth.Hash("12345678")
	if err != nil {
		t.Fatal(err)
	}
	second, err := auth.Hash("12345678")
	if err != nil {
		t.Fatal(err)
	}
	if first == second {
		t.Error("two hashes have one salt")
	}
	b, err := base64.StdEncoding.DecodeString(first)
	if err != nil || string(b[:16]) != "scrypt\x00\x0f\x00\x00\x00\x08\x00\x00\x00\x01" || len(b) != 96 {
		t.Errorf("the hash is %q (%v), not scrypt with logN 15, r 8, p 1", b, err)
	}
	for password, want := range map[string]bool{"12345678": true, "12345679": false} {
		if ok, err := auth.Verify(second, password); err != nil || ok != want {
			t.Errorf("%s: %t, %v", password, ok, err)
		}
	}
}

func TestBadPasswordsAreRefused(t *testing.T) {
	t.Parallel()
	for _, password := range []string{"", "1234567", "äöüäöüä", "12345678\xff"} {
		_, err := auth.Hash(password)
		if !errors.Is(err, &fault.Error{Type: fault.InvalidData}) {
			t.Errorf("%q: %v", password, err)
		}
		if err != nil && password != "" && strings.Contains(err.Error(), password) {
			t.Errorf("the message repeats the password: %v", err)
		}
	}
}

// changed returns the known hash with one byte changed.
func changed(at int, to byte) string {
	b, _ := base64.StdEncoding.DecodeString(known)
	b[at] = to
	return base64.StdEncoding.EncodeToString(b)
}

func TestBrokenHashes(t *testing.T) {
	t.Parallel()
	for name, hash := range map[string]string{
		"empty": "", "no base64": "!", "another form": "$2a$10$abc", "short": known[:124], "long": known + "AAAA",
		"magic": changed(0, 'S'), "version": changed(6, 1), "cost": changed(7, 16), "salt": changed(20, 0), "checksum": changed(50, 0),
	} {
		_, err := auth.Verify(hash, "correct horse battery staple")
		if !errors.Is(err, &fault.Error{Type: fault.UnexpectedState}) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if ok, err := auth.Verify(changed(95, 0), "correct horse battery staple"); ok || err != nil {
		t.Errorf("a changed seal: %t, %v", ok, err)
	}
}

// The sample shop has a hash made by Medusa.
func TestGenuineHash(t *testing.T) {
	t.Parallel()
	row := regexp.MustCompile(`\ttest@example\.com\temailpass\t.*"password": "([^"]+)"`)
	found := row.FindStringSubmatch(medusatest.Dump(t))
	if found == nil {
		t.Fatal("the sample shop has no such user")
	}
	for password, want := range map[string]bool{"supersecret": true, "Supersecret": false} {
		if ok, err := auth.Verify(found[1], password); err != nil || ok != want {
			t.Errorf("%s: %t, %v", password, ok, err)
		}
	}
}
