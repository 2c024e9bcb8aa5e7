// Package auth says who is asking: a person with a password, a program with a
// key, a storefront.
//
//	s := auth.New(store, auth.Config{})
//
// # People
//
// Someone who can log in is an identity (module auth); what they may act as
// stands in its app_metadata: a user, a customer, both, or nobody yet. A
// customer comes into being in three steps, since making the customer is a
// matter for others:
//
//	token, err := s.Register(ctx, "customer", "emailpass", email, password) // may act as nobody
//	claims, err := s.Parse(ctx, token)
//	err = s.Attach(ctx, claims.AuthIdentityID, "customer", customer.ID)
//	token, err = s.Refresh(ctx, claims)                                    // acts as the customer
//
// and from then on logs in:
//
//	token, err := s.Login(ctx, "customer", "emailpass", email, password)
//
// A token is a JSON Web Token, signed with HS256: every replica believes it
// without asking the database. So it is good until it expires, a day by
// default; Detach and a new password do not end it sooner, but Confirm and
// Refresh ask whether the identity still is that actor. The key that signs is Config.Secret, or one that the database keeps in
// the table of SigningKeys.
//
// Who has forgotten the password gets a token by mail, which sets a new one:
//
//	token, err := s.ResetToken(ctx, "customer", "emailpass", email) // "" for an email nobody has
//	err = s.Update(ctx, "emailpass", token, newPassword)            // once, within 15 minutes
//
// Emails are kept in lower case and looked up so; imported ones that have
// capitals are found as they are written, too.
//
// # Programs and storefronts
//
// API keys (module apikey) are random: 256 bits that nobody guesses, so a fast
// hash of them is enough to keep. CreateKey shows a secret key once. SecretKey
// and PublishableKey check what a request brings; keys that come from Medusa
// work on, though its hashes are dear to check.
//
//	key, err := s.SecretKey(ctx, "sk_…")        // an administrator's program
//	shop, err := s.PublishableKey(ctx, "pk_…")  // and the sales channels it sells through
//
// # Passwords
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
// it. A Service hashes for eight logins at a time, 256 MiB, and lets the others
// wait. How often somebody may try is a matter for a Limiter, by the client's
// address and by the email.
//
// # What nobody is told
//
// Hashes and keys stand in fields tagged secret, which no query finds. An email
// that nobody has gets the answer of a wrong password, after the same work.
// Secrets are compared in constant time, and no message repeats one.
package auth
