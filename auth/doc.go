// Package auth authenticates people with passwords, programs with secret keys,
// and storefronts with publishable keys.
//
//	s := auth.New(store, auth.Config{})
//
// # People
//
// Someone who can log in has an identity (module auth). Its app_metadata says
// what they can act as: a user, a customer, both, or nothing yet. Registering a
// customer therefore takes three steps, with the customer created in between:
//
//	token, err := s.Register(ctx, "customer", auth.EmailPass, email, password) // has no actor yet
//	claims, err := s.Parse(ctx, token)
//	err = s.Attach(ctx, claims.AuthIdentityID, "customer", customer.ID)
//	token, err = s.Refresh(ctx, claims)                                        // acts as the customer
//
// From then on they log in:
//
//	token, err := s.Login(ctx, "customer", auth.EmailPass, email, password)
//
// Emails are stored and looked up in lower case. An imported email that has
// capitals is also found as it was written.
//
// Someone who has forgotten the password gets a token by mail, and sets a new
// password with it, once and within 15 minutes:
//
//	reset, err := s.ResetToken(ctx, "customer", auth.EmailPass, email) // nil for an unknown email
//	err = s.Update(ctx, auth.EmailPass, token, newPassword)
//
// # Tokens
//
// A token is a JSON Web Token, signed with HS256. [Service.Parse] checks it
// without a query, so it is valid on every replica until it expires, a day
// later by default. The key that signs tokens is Config.Secret, or a key that is
// kept in the database.
//
// A login begins a session, which the tokens of later refreshes belong to. It
// ends after Config.SessionLife, 30 days by default, and before that:
//
//	err := s.Logout(ctx, claims)                                // this session
//	err := s.Update(ctx, auth.EmailPass, resetToken, password)  // all of the identity
//
// Parse does not notice that, nor that the holder of a token was deleted.
// [Service.Trusts] does, with at most one query in five seconds for each session:
// at once on the replica where it happens, within five seconds on others.
// [Service.Confirm] and [Service.Refresh] always ask the database. The clocks of
// replicas must agree: a session that began before a new password is told by its
// time. Tokens without a session, which Medusa or an older Gorgon has signed, are
// valid until they expire, and end likewise.
//
// A Service watches its store: when a user or customer is deleted, in whatever
// way, the identity that acts as them is detached in the same transaction. They
// can no longer log in as that user or customer, and their tokens are no longer
// trusted. Restoring the record does not attach the identity again.
//
// # Programs and storefronts
//
// API keys (module apikey) have 256 random bits, so it is enough to store a fast
// hash of a secret key. CreateKey returns a secret key once. SecretKey and
// PublishableKey check the key of a request. Keys imported from Medusa remain
// valid, although its hashes are slow to check.
//
//	key, err := s.SecretKey(ctx, "sk_…")       // an administrator's program
//	key, err := s.PublishableKey(ctx, "pk_…")  // a storefront, with its sales channels
//
// # Passwords
//
//	hash, err := auth.Hash("correct horse")
//	ok, err := auth.Verify(hash, "correct horse")
//
// A hash is text: the header of an encrypted file of the scrypt utility
// (https://www.tarsnap.com/scrypt.html), in base64. Medusa stores passwords in
// the same form, through the library scrypt-kdf, so imported users log in with
// their old passwords.
//
//	offset  bytes
//	0       6     "scrypt"
//	6       1     0, the version of the format
//	7       1     log2 of N, the cost in time and memory
//	8       4     r, the block size, big-endian
//	12      4     p, the parallelization, big-endian
//	16      32    salt
//	48      16    the first half of SHA-256 over bytes 0 to 47: a checksum
//	64      32    HMAC-SHA-256 over bytes 0 to 63, keyed with the second half of
//	              the 64 bytes that scrypt derives from password and salt
//
// Hashing a password costs 32 MiB of memory and a tenth of a second, by design.
// A Service hashes for at most eight logins at a time (256 MiB). At most 64
// others wait, and further ones are unavailable; clients, which [WithClient]
// tells apart, share both fairly. A [Limiter] bounds the number of attempts, by
// the client's address, by the email and by both, over all replicas.
//
// # Secrets
//
// Hashes and keys are in fields tagged secret, which queries cannot read. An
// unknown email gives the same response as a wrong password, after the same
// amount of work. Secrets are compared in constant time, and error messages do
// not contain them.
package auth
