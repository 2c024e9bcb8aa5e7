package querytest

// tri is a truth value of SQL: a comparison with null is unknown. The order of the
// values makes "and" the minimum and "or" the maximum.
type tri int8

const (
	no tri = iota
	unknown
	yes
)

func (a tri) and(b tri) tri { return min(a, b) }
func (a tri) or(b tri) tri  { return max(a, b) }
func (a tri) not() tri      { return yes - a }

func truth(b bool) tri {
	if b {
		return yes
	}
	return no
}
