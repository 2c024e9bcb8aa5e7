package auth

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"unicode/utf8"

	"golang.org/x/crypto/scrypt"

	"github.com/gorgon-commerce/gorgon/fault"
)

// MinPassword is how many characters a password must have at the least.
const MinPassword = 8

// cost is what a hash costs to make: N = 2^logN, r and p of scrypt.
type cost struct {
	logN byte
	r, p uint32
}

// newCost is the cost of new hashes.
var newCost = cost{logN: 15, r: 8, p: 1}

// The bounds within which old hashes are believed: a hash must not make the
// server spend gigabytes.
const (
	maxLogN, maxR, maxP = 20, 32, 16
	maxMemory           = 256 << 20
)

// memory is how many bytes scrypt needs.
func (c cost) memory() int64 { return 128 * int64(c.r) << c.logN }

// Where the parts of a hash begin; see the package comment.
const (
	atLogN, atR, atP, atSalt, atChecksum, atMAC, length = 7, 8, 12, 16, 48, 64, 96
)

// magic begins every hash: the name and the version.
const magic = "scrypt\x00"

// Hash makes the hash of a password, with a salt of its own. A password that
// is shorter than MinPassword, or is not valid UTF-8, is a fault of type
// invalid_data.
func Hash(password string) (string, error) {
	if err := checkPassword(password); err != nil {
		return "", err
	}
	return hash(password, newSalt(), newCost)
}

func checkPassword(password string) error {
	if !utf8.ValidString(password) {
		return fault.New(fault.InvalidData, "the password is not valid UTF-8 text")
	}
	if n := utf8.RuneCountInString(password); n < MinPassword {
		return fault.New(fault.InvalidData, "the password has %d characters; it needs at least %d", n, MinPassword)
	}
	return nil
}

func newSalt() []byte {
	salt := make([]byte, atChecksum-atSalt)
	_, _ = rand.Read(salt) // never fails
	return salt
}

func hash(password string, salt []byte, c cost) (string, error) {
	b := header(salt, c)
	mac, err := seal(b, password, c)
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(append(b, mac...)), nil
}

// header is a hash up to what the password makes of it.
func header(salt []byte, c cost) []byte {
	b := make([]byte, 0, length)
	b = append(append(b, magic...), c.logN)
	b = binary.BigEndian.AppendUint32(b, c.r)
	b = binary.BigEndian.AppendUint32(b, c.p)
	b = append(b, salt...)
	return append(b, checksum(b)...)
}

// Verify reports whether a password is the one a hash was made of, in a time
// that does not depend on how much of it is right. A hash that is none, or is
// damaged, is a fault of type unexpected_state, which does not repeat it.
func Verify(hash, password string) (bool, error) {
	b, c, err := read(hash)
	if err != nil {
		return false, err
	}
	mac, err := seal(b[:atMAC], password, c)
	if err != nil {
		return false, err
	}
	return hmac.Equal(mac, b[atMAC:]), nil
}

// read takes a hash apart and sees that it is whole.
func read(hash string) ([]byte, cost, error) {
	b, err := base64.StdEncoding.DecodeString(hash)
	if err != nil || len(b) != length || string(b[:len(magic)]) != magic {
		return nil, cost{}, fault.New(fault.UnexpectedState, "the password's hash is not in the form of scrypt: 96 bytes in base64 that begin with \"scrypt\"")
	}
	if !bytes.Equal(checksum(b[:atChecksum]), b[atChecksum:atMAC]) {
		return nil, cost{}, fault.New(fault.UnexpectedState, "the password's hash is damaged: its checksum is wrong")
	}
	c := cost{b[atLogN], binary.BigEndian.Uint32(b[atR:]), binary.BigEndian.Uint32(b[atP:])}
	return b, c, c.check()
}

func (c cost) check() error {
	sane := c.logN >= 1 && c.logN <= maxLogN && c.r >= 1 && c.r <= maxR && c.p >= 1 && c.p <= maxP
	if !sane || c.memory() > maxMemory {
		return fault.New(fault.UnexpectedState, "the password's hash asks for more work than is allowed (logN %d, r %d, p %d)", c.logN, c.r, c.p)
	}
	return nil
}

func checksum(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:atMAC-atChecksum]
}

// seal is the HMAC over the first part of a hash: what only the password can
// make.
func seal(b []byte, password string, c cost) ([]byte, error) {
	key, err := scrypt.Key([]byte(password), b[atSalt:atChecksum], 1<<c.logN, int(c.r), int(c.p), 64)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, key[32:])
	_, _ = mac.Write(b) // a hash takes all
	return mac.Sum(nil), nil
}
