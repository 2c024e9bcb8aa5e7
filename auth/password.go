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

// MinPassword is the minimum number of characters of a password.
const MinPassword = 8

// cost is the parameters of scrypt, where N is 2^logN.
type cost struct {
	logN byte
	r, p uint32
}

// newCost is the cost of new hashes.
var newCost = cost{logN: 15, r: 8, p: 1}

// The bounds on the cost of stored hashes: a hash must not make the server
// allocate gigabytes.
const (
	maxLogN, maxR, maxP = 20, 32, 16
	maxMemory           = 256 << 20
)

// memory returns the number of bytes that scrypt needs.
func (c cost) memory() int64 { return 128 * int64(c.r) << c.logN }

// The offsets of the parts of a hash; see the package comment.
const (
	atLogN, atR, atP, atSalt, atChecksum, atMAC, length = 7, 8, 12, 16, 48, 64, 96
)

// magic is the beginning of every hash: the name and the version of the format.
const magic = "scrypt\x00"

// Hash returns the hash of a password, with a new salt. If the password is
// shorter than MinPassword or is not valid UTF-8, the error is invalid_data.
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
		return fault.New(fault.InvalidData, "the password is too short: it must have at least %d characters", MinPassword)
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

// header returns the part of a hash that does not depend on the password.
func header(salt []byte, c cost) []byte {
	b := make([]byte, 0, length)
	b = append(append(b, magic...), c.logN)
	b = binary.BigEndian.AppendUint32(b, c.r)
	b = binary.BigEndian.AppendUint32(b, c.p)
	b = append(b, salt...)
	return append(b, checksum(b)...)
}

// Verify reports whether a password matches a hash, in constant time. If the hash
// is malformed or damaged, the error is unexpected_state; it does not contain the
// hash.
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

// read decodes a hash and checks that it is valid.
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

// seal returns the HMAC over the first part of a hash, with a key that is derived
// from the password.
func seal(b []byte, password string, c cost) ([]byte, error) {
	key, err := scrypt.Key([]byte(password), b[atSalt:atChecksum], 1<<c.logN, int(c.r), int(c.p), 64)
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, key[32:])
	_, _ = mac.Write(b) // never fails
	return mac.Sum(nil), nil
}
