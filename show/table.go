package show

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Table is a table of text. Every row has a cell for each column.
type Table struct {
	Columns []string // the headings
	Right   []bool   // which columns are aligned to the right, as numbers are; nil means none
	Rows    [][]string
	Bold    bool // whether the headings are bold: for terminals that know how
	// Continues is whether the rows are the next part of a table that Write has begun.
	// Its columns are at least as wide as before.
	Continues bool

	before []int // the widths of the columns
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
	if !t.Continues {
		t.writeHeader(out, widths)
	}
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
		widths[i] = Width(c)
		if t.Continues && i < len(t.before) {
			widths[i] = max(widths[i], t.before[i])
		}
		for _, r := range t.Rows {
			widths[i] = max(widths[i], Width(r[i]))
		}
		total += widths[i] + len(gap)
	}
	t.before = widths
	return widths, total - len(gap)
}

func (t *Table) writeHeader(w *bufio.Writer, widths []int) {
	fmt.Fprintln(w, t.heading(t.line(widths, t.Columns)))
}

func (t *Table) writeLine(w *bufio.Writer, widths []int, cells []string) {
	fmt.Fprintln(w, t.line(widths, cells))
}

func (t *Table) line(widths []int, cells []string) string {
	var line strings.Builder
	for i, c := range cells {
		if i > 0 {
			line.WriteString(gap)
		}
		if t.Right != nil && t.Right[i] {
			line.WriteString(pad(c, widths[i]) + c)
		} else {
			line.WriteString(c + pad(c, widths[i]))
		}
	}
	return strings.TrimRight(line.String(), " ")
}

// heading returns text as it looks in a heading.
func (t *Table) heading(text string) string {
	if !t.Bold {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

func (t *Table) writeBlocks(w *bufio.Writer) {
	widest := 0
	for _, c := range t.Columns {
		widest = max(widest, Width(c))
	}
	for n, r := range t.Rows {
		if n > 0 || t.Continues {
			fmt.Fprintln(w)
		}
		for i, c := range r {
			fmt.Fprintln(w, t.heading(t.Columns[i])+pad(t.Columns[i], widest)+gap+c)
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
