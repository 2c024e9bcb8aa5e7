// Package auth hashes passwords and checks them.
//
//	hash, err := auth.Hash("correct horse")
//	ok, err := auth.Verify(hash, "correct horse")
//
// A hash is text, made to be kept in a database: the header of an encrypted
// file of the scrypt utility (https://www.tarsnap.com/scrypt.html), in base64.
// Medusa keeps its passwords so, through the library scrypt-kdf; users that
// are imported from there log in with the passwords they have.
//
//	offset  bytes
//	0       6     "scrypt"
//	6       1     0, the version of the format
//	7       1     log2 of N, the cost in time and memory
//	8       4     r, the size of a block, big-endian
//	12      4     p, how many blocks beside each other
//	16      32    salt
//	48      16    the first half of SHA-256 over bytes 0 to 47: a checksum
//	64      32    HMAC-SHA-256 over bytes 0 to 63, its key the second half of
//	              the 64 bytes that scrypt makes of password and salt
//
// Hashing costs 32 MiB of memory and a tenth of a second: that is the point of
// it.
package auth
