// Package filetest tests providers of files, and what relies on them.
//
// Conform is the suite that every provider must pass:
//
//	func TestProvider(t *testing.T) { filetest.Conform(t, bucket.New(sandbox)) }
//
// Memory is a provider in memory.
package filetest
