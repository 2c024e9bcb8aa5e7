// Package people holds the operations on people that go across modules: invites
// become users, and identities become customers.
//
// Deleting a user or customer is no operation of this package: the module does
// it, and package auth sees to it that no one logs in as them any longer.
package people
