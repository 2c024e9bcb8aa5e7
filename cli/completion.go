package cli

import (
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/link"
)

func completionCommand() *cobra.Command {
	shells := map[string]func(root *cobra.Command, w io.Writer) error{
		"bash":       func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) },
		"zsh":        (*cobra.Command).GenZshCompletion,
		"fish":       func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) },
		"powershell": (*cobra.Command).GenPowerShellCompletionWithDesc,
	}
	names := slices.Sorted(maps.Keys(shells))
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print a completion script for a shell",
		Long: `Prints a script with which a shell (` + strings.Join(names, ", ") + `) completes commands,
flags, entities, field paths, filters and the ends of links.`,
		Example: `  source <(gorgon completion bash)
  gorgon completion fish > ~/.config/fish/completions/gorgon.fish`,
		ValidArgs: names,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := arguments("SHELL")(cmd, args); err != nil {
				return err
			}
			if shells[args[0]] == nil {
				return wrongUsage("no completion script for %q; the shells are %s", args[0], strings.Join(names, ", "))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return shells[args[0]](cmd.Root(), cmd.OutOrStdout()) },
	}
}

// entities returns the names by which queries address models and link tables.
func (pr *Program) entities() []string {
	b, err := pr.Blueprint()
	if err != nil {
		return nil // the command itself reports the error
	}
	var names []string
	for _, m := range b.Graph.Models() {
		names = append(names, m.Entities...)
	}
	slices.Sort(names)
	return names
}

const noFiles = cobra.ShellCompDirectiveNoFileComp

func (pr *Program) completeEntity(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, noFiles
	}
	return pr.entities(), noFiles
}

// completeEnd completes an end of a link: a model that has stored links or, for
// the second end, one that has a stored link to the first.
func (pr *Program) completeEnd(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	b, err := pr.Blueprint()
	if err != nil || len(args) > 1 {
		return nil, noFiles
	}
	first := ""
	if len(args) == 1 {
		entity, _, _ := strings.Cut(args[0], "=")
		if m, err := b.Graph.Model(entity); err == nil {
			first = m.Name
		}
	}
	return linkEnds(b.Links, first), noFiles | cobra.ShellCompDirectiveNoSpace
}

// linkEnds returns the ends of stored links whose other end is the model first,
// or all ends when first is empty.
func linkEnds(links []*link.Definition, first string) []string {
	var ends []string
	for _, d := range links {
		if d.Rows() == nil {
			continue
		}
		left, right := d.Left.Model.Name, d.Right.Model.Name
		if first == "" || first == right {
			ends = append(ends, left+"=")
		}
		if first == "" || first == left {
			ends = append(ends, right+"=")
		}
	}
	slices.Sort(ends)
	return slices.Compact(ends)
}

// completeQueryFlags completes the flags of a command that queries the entity of
// its argument.
func (pr *Program) completeQueryFlags(cmd *cobra.Command) {
	for _, name := range []string{"fields", "order"} {
		_ = cmd.RegisterFlagCompletionFunc(name, pr.completePath) // the flag exists
	}
	_ = cmd.RegisterFlagCompletionFunc("filter", pr.completeFilter)
}

// completePath completes the last of several comma-separated paths with the
// fields, relations and links of the model that it has reached.
func (pr *Program) completePath(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	b, err := pr.Blueprint()
	if err != nil || len(args) == 0 {
		return nil, noFiles
	}
	g := b.Graph
	m, err := g.Model(args[0])
	if err != nil {
		return nil, noFiles
	}
	path := strings.TrimLeft(typed[strings.LastIndex(typed, ",")+1:], "-")
	parts := strings.Split(path, ".")
	last := parts[len(parts)-1]
	for _, name := range parts[:len(parts)-1] {
		e := g.Edge(m, name)
		if e == nil || e.To == nil {
			return nil, noFiles
		}
		m = e.To
	}
	var paths []string
	for _, name := range g.Names(m) {
		if strings.HasPrefix(name, last) {
			paths = append(paths, strings.TrimSuffix(typed, last)+name)
		}
	}
	return paths, noFiles | cobra.ShellCompDirectiveNoSpace
}
