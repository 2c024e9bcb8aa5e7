package medusatest

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// Read returns a file of e2e/testdata/medusa, decompressed if its name ends in
// .gz. A missing file fails the test.
func Read(t testing.TB, name string) []byte {
	t.Helper()
	_, source, _, _ := runtime.Caller(0)
	text, err := os.ReadFile(filepath.Join(filepath.Dir(source), "..", "..", "e2e", "testdata", "medusa", name))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(name, ".gz") {
		return text
	}
	z, err := gzip.NewReader(bytes.NewReader(text))
	if err == nil {
		text, err = io.ReadAll(z)
	}
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return text
}

// Dump returns the sample shop as SQL.
func Dump(t testing.TB) string {
	t.Helper()
	return string(Read(t, "shop.sql.gz"))
}

// Tables returns the numbers of rows of the sample shop's tables, by name.
func Tables(t testing.TB) map[string]int64 {
	t.Helper()
	tables := map[string]int64{}
	for line := range strings.Lines(string(Read(t, "tables.txt"))) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		name, rows, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.ParseInt(rows, 10, 64)
		if err != nil {
			t.Fatalf("tables.txt: %q is not a table and its number of rows", line)
		}
		tables[name] = n
	}
	return tables
}

// Answer is a recorded call of query.graph and its result.
type Answer struct {
	ID       string
	Request  json.RawMessage
	Response *struct {
		Data     []any
		Metadata map[string]any
	}
	Error *struct{ Name, Type string }
}

// Answers returns the recorded calls of query.graph, in order. Numbers are json.Number.
func Answers(t testing.TB) []Answer {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(Read(t, "query.json.gz")))
	d.UseNumber()
	var all []Answer
	if err := d.Decode(&all); err != nil {
		t.Fatal(err)
	}
	return all
}

// Page is a recorded call of the HTTP API and its response.
type Page struct {
	ID           string
	Method, Path string
	Auth         string // "admin", "store" or "none"
	Customer     string
	RequestBody  json.RawMessage `json:"request_body"`
	Status       int
	Body         json.RawMessage
}

// Pages returns the recorded calls of the HTTP API, by id.
func Pages(t testing.TB) map[string]Page {
	t.Helper()
	var all []Page
	if err := json.Unmarshal(Read(t, "rest.json.gz"), &all); err != nil {
		t.Fatal(err)
	}
	pages := make(map[string]Page, len(all))
	for _, p := range all {
		pages[p.ID] = p
	}
	return pages
}
