package querytest

import "math/rand/v2"

// dice is the one source of randomness, so that a seed reproduces everything.
type dice struct{ *rand.Rand }

func newDice(seed, stream uint64) dice { return dice{rand.New(rand.NewPCG(seed, stream))} }

func (d dice) chance(percent int) bool { return d.IntN(100) < percent }

// between returns a number from low to high, inclusive.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

func pick[T any](d dice, list []T) T { return list[d.IntN(len(list))] }

// some returns n distinct elements of the list in random order, or all of them if
// there are fewer.
func some[T any](d dice, list []T, n int) []T {
	out := make([]T, 0, n)
	for _, i := range d.Perm(len(list))[:min(n, len(list))] {
		out = append(out, list[i])
	}
	return out
}
