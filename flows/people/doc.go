// Package people holds the operations on people that go across modules: invites
// become users, and identities become customers.
//
// Users and customers are deleted through their modules; package auth then makes
// sure that no one can log in as them.
package people
