package show

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Table is a table of text. Every row has a cell for each column.
type Table struct {
	Columns []string // the headings
	Right   []bool   // which columns are aligned to the right, as numbers are; nil means none
	Rows    [][]string
}

// Add appends a row.
func (t *Table) Add(cells ...string) { t.Rows = append(t.Rows, cells) }

// Write prints the table. When it is wider than width, it prints each row as a
// block with one line per column; a width of 0 means no limit.
func (t *Table) Write(w io.Writer, width int) error {
	out := bufio.NewWriter(w)
	widths, total := t.widths()
	if width > 0 && total > width {
		t.writeBlocks(out)
		return out.Flush()
	}
	t.writeLine(out, widths, t.Columns)
	for _, r := range t.Rows {
		t.writeLine(out, widths, r)
	}
	return out.Flush()
}

const gap = "  "

// widths returns the widths of the columns and of a whole line.
func (t *Table) widths() (widths []int, total int) {
	widths = make([]int, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = utf8.RuneCountInString(c)
		for _, r := range t.Rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(r[i]))
		}
		total += widths[i] + len(gap)
	}
	return widths, total - len(gap)
}

func (t *Table) writeLine(w *bufio.Writer, widths []int, cells []string) {
	var line strings.Builder
	for i, c := range cells {
		if i > 0 {
			line.WriteString(gap)
		}
		pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(c))
		if t.Right != nil && t.Right[i] {
			line.WriteString(pad + c)
		} else {
			line.WriteString(c + pad)
		}
	}
	fmt.Fprintln(w, strings.TrimRight(line.String(), " "))
}

func (t *Table) writeBlocks(w *bufio.Writer) {
	widest := 0
	for _, c := range t.Columns {
		widest = max(widest, utf8.RuneCountInString(c))
	}
	for n, r := range t.Rows {
		if n > 0 {
			fmt.Fprintln(w)
		}
		for i, c := range r {
			fmt.Fprintf(w, "%-*s%s%s\n", widest, t.Columns[i], gap, c)
		}
	}
}

// Int formats a number.
func Int[T int | int64](n T) string { return strconv.FormatInt(int64(n), 10) }

// Plural formats a number of things: "1 row", "2 rows".
func Plural[T int | int64](n T, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Int(n) + " " + many
}
