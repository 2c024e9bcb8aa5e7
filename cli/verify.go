package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/show"
	"github.com/gorgon-commerce/gorgon/verify"
)

func verifyCommand(pr *Program) *cobra.Command {
	repair := false
	c := &cobra.Command{
		Use:   "verify",
		Short: "Check the references, links and totals in the database",
		Long: `Checks for ids of records that do not exist (in read-only links, in relations
without a foreign key and in link rows) and for records with more links than the
cardinality of the link allows. Computes every total again and compares it with
the stored one, and applies the changes of every order again and compares the
versions. A shop that was imported may have what the original got wrong. It lists the problems it finds, and then exits with status 1.

It changes nothing, unless --repair is given: then it writes totals, sums and
counts that are stored wrong, and lists them. What they are computed from is
never changed.`,
		Example: `  gorgon verify
  gorgon verify --json
  gorgon verify --repair`,
		Args: arguments(),
		RunE: pr.opened(func(cmd *cobra.Command, _ []string) error {
			p := newProgress(cmd).later()
			report, err := verify.Run(cmd.Context(), pr.Store, verify.Options{Repair: repair, Schema: pr.blueprint.Schema, Progress: func(done, total int) {
				p.show("verifying", int64(done), int64(total))
			}})
			p.end()
			if err != nil {
				return err
			}
			return printReport(cmd, report)
		}),
	}
	c.Flags().BoolVar(&repair, "repair", false, "write totals, sums and counts that are stored wrong")
	return c
}

func printReport(cmd *cobra.Command, r *verify.Report) error {
	if wantsJSON(cmd) {
		if err := printJSON(cmd, r); err != nil {
			return err
		}
	} else {
		printProblems(cmd.OutOrStdout(), r)
	}
	if !r.OK {
		return errFound
	}
	return nil
}

func printProblems(out io.Writer, r *verify.Report) {
	for _, p := range r.Problems {
		fmt.Fprintln(out, show.OneLine(fmt.Sprintf("%s: %s", p.Check, p)))
	}
	for _, l := range r.Unread {
		fmt.Fprintln(out, "note: "+l.String())
	}
	if len(r.Problems) == 0 {
		fmt.Fprintf(out, "%s, nothing wrong\n", show.Plural(r.Checks, "check", "checks"))
	} else {
		fmt.Fprintf(out, "%s, %s\n", show.Plural(r.Checks, "check", "checks"), show.Plural(len(r.Problems), "problem", "problems"))
	}
}
