package diagram_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMermaid(t *testing.T) {
	t.Parallel()
	const want = `flowchart LR
  subgraph m1["#lt;script#gt;#quot;#amp;'"]
    n1["a#quot;#lt;b#gt;#amp;#35;1;\"]
  end
  subgraph m2["הזמנה"]
    n2["ספר "]
    n3["end"]
  end
  n1 ===|"x#quot;--#gt;#lt;/svg#gt; (1 to 1)"| n2
  n3 -.-|"end (1 to n)"| n3
`
	if diff := cmp.Diff(want, odd.Mermaid()); diff != "" {
		t.Error(diff)
	}
	s := newBookshop(t)
	got := s.around(t, "library").Mermaid()
	if strings.Count(got, "subgraph") != 4 || strings.Count(got, "\n  end\n") != 4 || strings.Count(got, "|\"") != 5 || !strings.Contains(got, `-.->|"page (n to 1)"|`) {
		t.Error(got)
	}
}

func TestDOT(t *testing.T) {
	t.Parallel()
	const want = `  subgraph cluster_1 {
    label="<script>\"&'";
    n1 [label="a\"<b>&#1;\\"];
  }
  subgraph cluster_2 {
    label="הזמנה";
    n2 [label="ספר "];
    n3 [label="end"];
  }
  n1 -- n2 [label="x\"--></svg>", taillabel="1", headlabel="1", style=solid];
  n3 -- n3 [label="end", taillabel="1", headlabel="n", style=dashed];
}
`
	_, got, _ := strings.Cut(odd.DOT(), "fontsize=10];\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
