package query

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/schema"
)

// searchSyntax finds records by the index of a searched model. What an index finds
// has the word in its text, or may have it.
type searchSyntax interface {
	// finds reports whether an index can find a word.
	finds(word string, wide bool) bool
	// argument returns the argument for a search of the first word, or of all of
	// them if each is in the same text.
	argument(words []string, together bool) string
	// keys returns the query of the keys (key) of the records that have what an
	// argument says. A LIMIT may follow.
	keys(m *model.Model, argument string) string
}

// sqliteSearch finds trigrams, and the rows that are not indexed yet: see package
// schema.
type sqliteSearch struct{}

func (sqliteSearch) finds(word string, _ bool) bool { return len(trigrams(word)) > 0 }

// maxTrigrams is how many trigrams are looked for: each one more leaves fewer rows
// to look at, but those that many rows have take long.
const maxTrigrams = 8

func (sqliteSearch) argument(words []string, together bool) string {
	if !together {
		words = words[:1]
	}
	var all []string
	for _, w := range words {
		for _, t := range trigrams(w) {
			all = append(all, `"`+strings.ReplaceAll(t, `"`, `""`)+`"`)
		}
	}
	return strings.Join(all[:min(len(all), maxTrigrams)], " AND ")
}

// trigrams returns the trigrams of a word in lower case that the index has for each
// text that the word is in, whatever its case.
func trigrams(word string) []string {
	runes := []rune(strings.ToLower(distinctive(word)))
	var out []string
	for i := 0; i+shortest <= len(runes); i++ {
		if three := runes[i : i+shortest]; !slices.ContainsFunc(three, foldedOtherwise) {
			out = append(out, string(three))
		}
	}
	return out
}

// distinctive returns the part of a word that the fewest records should have: of an
// email address what is before the @, and of a word with a number only the number,
// if they are long enough. The others are found in no more records, but only by
// looking through many.
func distinctive(word string) string {
	if local, _, ok := strings.Cut(word, "@"); ok && len(local) > shortest {
		word = local
	}
	for _, run := range strings.FieldsFunc(word, func(r rune) bool { return r < '0' || r > '9' }) {
		if len(run) > shortest {
			return run
		}
	}
	return word
}

// foldedOtherwise reports whether SQLite may not know all the cases of a letter in
// lower case: its tables are older than Go's.
func foldedOtherwise(r rune) bool {
	if unicode.SimpleFold(r) == r || r < 0x250 {
		return false
	}
	return r < 0x370 || r > 0x525 || r == 'ϳ'
}

func (sqliteSearch) keys(m *model.Model, argument string) string {
	texts, keys := `"`+m.SearchTexts()+`"`, `"`+m.SearchKeys()+`"`
	return "SELECT k.key FROM " + texts + " CROSS JOIN " + keys + " k ON k.number = " + texts + ".rowid WHERE " + texts + " MATCH " + argument +
		" UNION ALL SELECT k.key FROM " + keys + " k WHERE k.number > (SELECT indexed FROM " + model.SearchTable + " WHERE name = " + literal(m.Table) + ")"
}

// sqliteSearches reports that SQLite has all indexes: a migration makes them with
// the tables.
func sqliteSearches(context.Context, db.Conn) (*searches, error) {
	return &searches{every: true}, nil
}

// postgresSearch finds what ILIKE does by an index of trigrams.
type postgresSearch struct{}

// finds looks for three letters or digits in a row: pg_trgm leaves out the others.
func (postgresSearch) finds(word string, wide bool) bool {
	run := 0
	for _, r := range distinctive(word) {
		if run++; r > unicode.MaxASCII && !wide || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			run = 0
		}
		if run == shortest {
			return true
		}
	}
	return false
}

func (postgresSearch) argument(words []string, _ bool) string { return anywhere(distinctive(words[0])) }

func (postgresSearch) keys(m *model.Model, argument string) string {
	return `SELECT t."` + m.PrimaryKey() + `" AS key FROM "` + m.Table + `" t WHERE (` + m.SearchText("t.") + `) COLLATE "default" ILIKE ` + argument
}

// postgresSearches returns the indexes that are there.
func postgresSearches(ctx context.Context, c db.Conn) (*searches, error) {
	tables, wide, err := schema.SearchTables(ctx, c)
	return &searches{tables: tables, wide: wide}, err
}
