// Package user holds those who work for the shop, and invites for more of them.
//
//	u := &user.User{Email: "ada@example.com", FirstName: new("Ada")}
//
// A user says who someone is; how they log in is an identity of package auth,
// whose app_metadata names the user. An invite is accepted by its token, until
// it expires.
package user
