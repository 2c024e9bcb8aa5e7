package schema

import (
	"fmt"
	"slices"
	"strings"

	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqlite"
)

// deed is one thing that a change does to a table, in words; loss says what of
// the rows may be lost by it, or is "".
type deed struct{ text, loss string }

// deeds are the things that a change of Atlas does.
func deeds(c schema.Change) []deed {
	switch c := c.(type) {
	case *schema.AddTable:
		return []deed{{text: "create the table"}}
	case *schema.ModifyTable:
		var out []deed
		for _, sub := range c.Changes {
			out = append(out, columnDeeds(c.T.Name, sub)...)
		}
		return out
	}
	return nil
}

func columnDeeds(table string, c schema.Change) []deed {
	switch c := c.(type) {
	case *schema.AddColumn:
		return []deed{{text: "add column " + c.C.Name}}
	case *schema.DropColumn:
		return []deed{{"drop column " + c.C.Name, table + "." + c.C.Name + " would be dropped"}}
	case *schema.ModifyColumn:
		return modifyDeeds(table, c)
	}
	return []deed{ruleDeed(table, c)}
}

func modifyDeeds(table string, c *schema.ModifyColumn) []deed {
	var out []deed
	name := c.To.Name
	add := func(d deed) { out = append(out, d) }
	if c.Change.Is(schema.ChangeType) {
		change := fmt.Sprintf("from %s to %s", typeName(c.From), typeName(c.To))
		add(deed{"change column " + name + " " + change, table + "." + name + " would change " + change})
	}
	if c.Change.Is(schema.ChangeCollate) {
		add(deed{text: "sort column " + name + " by bytes"})
	}
	if c.Change.Is(schema.ChangeNull) && c.To.Type.Null {
		add(deed{text: "allow column " + name + " to be null"})
	} else if c.Change.Is(schema.ChangeNull) {
		add(deed{"require column " + name, table + "." + name + " could no longer be null"})
	}
	if c.Change.Is(schema.ChangeDefault) {
		add(deed{text: "change the default of column " + name})
	}
	if c.Change.Is(schema.ChangeAttr) {
		add(deed{text: "change the numbering of column " + name})
	}
	if c.Change.Is(schema.ChangeGenerated) {
		add(deed{"store column " + name, table + "." + name + " would no longer be computed"})
	}
	return out
}

// ruleDeed describes changes of keys, indexes and checks. No row is lost by
// one: rows that break a new rule stop the migration.
func ruleDeed(table string, c schema.Change) deed {
	switch c := c.(type) {
	case *schema.AddIndex:
		return deed{text: "add index " + c.I.Name}
	case *schema.DropIndex:
		return deed{text: "drop index " + c.I.Name}
	case *schema.ModifyIndex:
		return deed{text: "rebuild index " + c.To.Name}
	case *schema.AddForeignKey:
		return deed{text: "add foreign key " + c.F.Symbol}
	case *schema.DropForeignKey:
		return deed{text: "drop foreign key " + c.F.Symbol}
	case *schema.ModifyForeignKey:
		return deed{text: "change foreign key " + c.To.Symbol}
	case *schema.AddCheck:
		return deed{text: "add check " + c.C.Name}
	case *schema.DropCheck:
		return deed{text: "drop check " + c.C.Name}
	case *schema.ModifyCheck:
		return deed{text: "change check " + c.To.Name}
	case *schema.AddPrimaryKey, *schema.DropPrimaryKey, *schema.ModifyPrimaryKey:
		return deed{"change the primary key", "the primary key of " + table + " would change"}
	}
	return deed{text: "change the table's options"}
}

func typeName(c *schema.Column) string {
	format := postgres.FormatType
	switch c.Type.Type.(type) {
	case *sqlite.UserDefinedType:
		format = sqlite.FormatType
	}
	if name, err := format(c.Type.Type); err == nil {
		return name
	}
	return c.Type.Raw
}

// summary joins deeds into a line, each once, and collects the losses.
func summary(all []deed) (text string, losses []string) {
	var texts []string
	for _, d := range all {
		if !slices.Contains(texts, d.text) {
			texts = append(texts, d.text)
		}
		if d.loss != "" && !slices.Contains(losses, d.loss) {
			losses = append(losses, d.loss)
		}
	}
	return strings.Join(texts, ", "), losses
}
