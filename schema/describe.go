package schema

import (
	"fmt"
	"slices"
	"strings"

	"ariga.io/atlas/sql/postgres"
	"ariga.io/atlas/sql/schema"
	"ariga.io/atlas/sql/sqlite"
)

// An effect describes what a change does to a table, and what data would be lost
// by it, if any.
type effect struct{ text, loss string }

// effects returns the effects of a change.
func effects(c schema.Change) []effect {
	switch c := c.(type) {
	case *schema.AddTable:
		return []effect{{text: "create the table"}}
	case *schema.ModifyTable:
		var out []effect
		for _, sub := range c.Changes {
			out = append(out, columnEffects(c.T.Name, sub)...)
		}
		return out
	}
	return nil
}

func columnEffects(table string, c schema.Change) []effect {
	switch c := c.(type) {
	case *schema.AddColumn:
		return []effect{{text: "add column " + c.C.Name}}
	case *schema.DropColumn:
		return []effect{{"drop column " + c.C.Name, table + "." + c.C.Name + " would be dropped"}}
	case *schema.ModifyColumn:
		return modifyEffects(table, c)
	}
	return []effect{ruleEffect(table, c)}
}

func modifyEffects(table string, c *schema.ModifyColumn) []effect {
	var out []effect
	name := c.To.Name
	add := func(d effect) { out = append(out, d) }
	if c.Change.Is(schema.ChangeType) {
		change := fmt.Sprintf("from %s to %s", typeName(c.From), typeName(c.To))
		add(effect{"change column " + name + " " + change, table + "." + name + " would change " + change})
	}
	if c.Change.Is(schema.ChangeCollate) {
		add(effect{text: "sort column " + name + " by bytes"})
	}
	if c.Change.Is(schema.ChangeNull) && c.To.Type.Null {
		add(effect{text: "allow column " + name + " to be null"})
	} else if c.Change.Is(schema.ChangeNull) {
		add(effect{"require column " + name, table + "." + name + " could no longer be null"})
	}
	if c.Change.Is(schema.ChangeDefault) {
		add(effect{text: "change the default of column " + name})
	}
	if c.Change.Is(schema.ChangeAttr) {
		add(effect{text: "change the numbering of column " + name})
	}
	if c.Change.Is(schema.ChangeGenerated) {
		add(effect{"store column " + name, table + "." + name + " would no longer be computed"})
	}
	return out
}

// ruleEffect describes a change of a key, an index or a check. It loses no rows:
// rows that violate a new rule stop the migration.
func ruleEffect(table string, c schema.Change) effect {
	switch c := c.(type) {
	case *schema.AddIndex:
		return effect{text: "add index " + c.I.Name}
	case *schema.DropIndex:
		return effect{text: "drop index " + c.I.Name}
	case *schema.ModifyIndex:
		return effect{text: "rebuild index " + c.To.Name}
	case *schema.AddForeignKey:
		return effect{text: "add foreign key " + c.F.Symbol}
	case *schema.DropForeignKey:
		return effect{text: "drop foreign key " + c.F.Symbol}
	case *schema.ModifyForeignKey:
		return effect{text: "change foreign key " + c.To.Symbol}
	case *schema.AddCheck:
		return effect{text: "add check " + c.C.Name}
	case *schema.DropCheck:
		return effect{text: "drop check " + c.C.Name}
	case *schema.ModifyCheck:
		return effect{text: "change check " + c.To.Name}
	case *schema.AddPrimaryKey, *schema.DropPrimaryKey, *schema.ModifyPrimaryKey:
		return effect{"change the primary key", "the primary key of " + table + " would change"}
	}
	return effect{text: "change the table's options"}
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

// summary joins effects into a line without duplicates, and collects the losses.
func summary(all []effect) (text string, losses []string) {
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
