package gorgon

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// table is rows of cells under headings.
type table struct {
	columns []string
	right   []bool // columns that are aligned at the right: numbers; nil is none
	rows    [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// write prints the table. When it is wider than width, every row becomes a
// block of lines, one for each column; a width of 0 is no limit.
func (t *table) write(w io.Writer, width int) error {
	out := bufio.NewWriter(w)
	widths, total := t.widths()
	if width > 0 && total > width {
		t.writeBlocks(out)
		return out.Flush()
	}
	t.writeLine(out, widths, t.columns)
	for _, r := range t.rows {
		t.writeLine(out, widths, r)
	}
	return out.Flush()
}

const gap = "  "

// widths are those of the columns and of a whole line.
func (t *table) widths() (widths []int, total int) {
	widths = make([]int, len(t.columns))
	for i, c := range t.columns {
		widths[i] = utf8.RuneCountInString(c)
		for _, r := range t.rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(r[i]))
		}
		total += widths[i] + len(gap)
	}
	return widths, total - len(gap)
}

func (t *table) writeLine(w *bufio.Writer, widths []int, cells []string) {
	var line strings.Builder
	for i, c := range cells {
		if i > 0 {
			line.WriteString(gap)
		}
		pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(c))
		if t.right != nil && t.right[i] {
			line.WriteString(pad + c)
		} else {
			line.WriteString(c + pad)
		}
	}
	fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
}

func (t *table) writeBlocks(w *bufio.Writer) {
	widest := 0
	for _, c := range t.columns {
		widest = max(widest, utf8.RuneCountInString(c))
	}
	for n, r := range t.rows {
		if n > 0 {
			fmt.Fprintln(w)
		}
		for i, c := range r {
			fmt.Fprintf(w, "%-*s%s%s\n", widest, t.columns[i], gap, c)
		}
	}
}

func itoa[T int | int64](n T) string { return strconv.FormatInt(int64(n), 10) }

// plural counts things: "1 row", "2 rows".
func plural[T int | int64](n T, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return itoa(n) + " " + many
}
