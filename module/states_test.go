package module_test

import (
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

type light string

var lights = module.Machine[light]{
	Of:    "light",
	Start: []light{"red"},
	Moves: []module.Move[light]{
		{By: "go", From: []light{"red"}, To: []light{"green"}},
		{By: "stop", From: []light{"green"}, To: []light{"red", "green"}},
		{By: "break", From: []light{"red", "green"}, To: []light{"broken"}},
	},
}

func TestMachine(t *testing.T) {
	if err := lights.Check("go", "light_1", "red"); err != nil {
		t.Error(err)
	}
	err := lights.Check("break", "light_1", "broken")
	if fault.TypeOf(err) != fault.NotAllowed || !strings.Contains(err.Error(), `cannot break light "light_1": it is broken, want red or green`) {
		t.Error(err)
	}
	if !lights.Allows("stop", "green") || lights.Allows("stop", "red") || !lights.Leads("green", "red") || lights.Leads("broken", "red") {
		t.Error("the machine allows other moves than its table")
	}
	if got := lights.States(); len(got) != 3 || got[0] != "red" || got[2] != "broken" {
		t.Errorf("the states are %v", got)
	}
	want := "stateDiagram-v2\n    [*] --> red\n    red --> green: go\n    green --> red: stop\n    green --> green: stop\n    red --> broken: break\n    green --> broken: break\n"
	if got := lights.Mermaid(); got != want {
		t.Errorf("got\n%s", got)
	}
	want = "| operation | from | to |\n|---|---|---|\n| | | `red` |\n| go | `red` | `green` |\n| stop | `green` | `red` `green` |\n| break | `red` `green` | `broken` |\n"
	if got := lights.Table(); got != want {
		t.Errorf("got\n%s", got)
	}
}
