// Package login is the routes below /auth: how people and programs get a token,
// keep it in a cookie, and set a new password. Attempts are limited by the
// caller's address, by who they try to be, and by both together.
package login
