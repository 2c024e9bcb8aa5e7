package module

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gorgon-commerce/gorgon/fault"
)

// A Machine is a state machine: the states that a record can be in, and the
// operations that move it from one to another. It stands beside the code that moves
// the record, which asks Check before it does; docs/states.md is drawn from it.
type Machine[S ~string] struct {
	Of    string // the name of the record, such as "return"
	Start []S    // the states of a new record
	Moves []Move[S]
}

// A Move is an operation of a Machine.
type Move[S ~string] struct {
	By   string // the operation, such as "cancel"
	From []S    // the states in which it is allowed
	To   []S    // the states that it leads to
}

// Check returns a not_allowed error that names the record unless the operation is
// allowed in a state. It panics if the machine has no such operation.
func (m *Machine[S]) Check(by, id string, state S) error {
	from := m.from(by)
	if slices.Contains(from, state) {
		return nil
	}
	return fault.New(fault.NotAllowed, "cannot %s %s %q: it is %s, want %s", by, m.Of, id, state, oneOf(from))
}

// Allows reports whether the operation is allowed in a state.
func (m *Machine[S]) Allows(by string, state S) bool { return slices.Contains(m.from(by), state) }

// from returns the states in which an operation is allowed. An operation can have
// several moves.
func (m *Machine[S]) from(by string) (out []S) {
	known := false
	for _, move := range m.Moves {
		if move.By == by {
			known, out = true, append(out, move.From...)
		}
	}
	if !known {
		panic(fmt.Sprintf("the machine of %s has no operation %q", m.Of, by))
	}
	return out
}

// Leads reports whether some operation moves a record from one state to another.
func (m *Machine[S]) Leads(from, to S) bool {
	return slices.ContainsFunc(m.Moves, func(move Move[S]) bool {
		return slices.Contains(move.From, from) && slices.Contains(move.To, to)
	})
}

// States returns all states, as the machine mentions them.
func (m *Machine[S]) States() (out []S) {
	add := func(all []S) {
		for _, s := range all {
			if !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	add(m.Start)
	for _, move := range m.Moves {
		add(move.From)
		add(move.To)
	}
	return out
}

// Name returns the name of the record.
func (m *Machine[S]) Name() string { return m.Of }

// Mermaid returns the machine as a Mermaid state diagram.
func (m *Machine[S]) Mermaid() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for _, s := range m.Start {
		fmt.Fprintf(&b, "    [*] --> %s\n", s)
	}
	by := map[[2]S][]string{}
	var order [][2]S
	for _, move := range m.Moves {
		for _, from := range move.From {
			for _, to := range move.To {
				pair := [2]S{from, to}
				if by[pair] == nil {
					order = append(order, pair)
				}
				if !slices.Contains(by[pair], move.By) {
					by[pair] = append(by[pair], move.By)
				}
			}
		}
	}
	for _, pair := range order {
		fmt.Fprintf(&b, "    %s --> %s: %s\n", pair[0], pair[1], strings.Join(by[pair], ", "))
	}
	return b.String()
}

// Table returns the moves of the machine as a Markdown table.
func (m *Machine[S]) Table() string {
	var b strings.Builder
	b.WriteString("| operation | from | to |\n|---|---|---|\n")
	fmt.Fprintf(&b, "| | | %s |\n", quoted(m.Start))
	for _, move := range m.Moves {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", move.By, quoted(move.From), quoted(move.To))
	}
	return b.String()
}

// quoted returns states as Markdown code: "`open` `requested`".
func quoted[S ~string](states []S) string {
	var all []string
	for _, s := range states {
		all = append(all, "`"+string(s)+"`")
	}
	return strings.Join(all, " ")
}

// A Diagram is a Machine of whatever states.
type Diagram interface {
	Name() string    // of the record
	Table() string   // its moves, in Markdown
	Mermaid() string // the diagram's source
}

// oneOf returns states as text: "open, requested or received".
func oneOf[S ~string](states []S) string {
	if len(states) == 0 {
		return "no state"
	}
	var all []string
	for _, s := range states {
		all = append(all, string(s))
	}
	last := len(all) - 1
	if last == 0 {
		return all[0]
	}
	return strings.Join(all[:last], ", ") + " or " + all[last]
}
