// Package user holds the users of a shop, who administer it, and invites to become
// one.
//
//	u := &user.User{Email: "ada@example.com", FirstName: new("Ada")}
//
// A User is a person; they log in with an identity of module auth whose
// app_metadata names the user. An invite can be accepted with its token until it
// expires.
package user
