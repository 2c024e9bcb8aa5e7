//go:build race

package e2e_test

// raced reports whether the race detector is on, which makes everything several
// times slower: what is tried in numbers is then tried in smaller ones.
const raced = true
