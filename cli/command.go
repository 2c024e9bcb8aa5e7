package cli

import (
	"cmp"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/shop"
)

// rootCommand returns the root of the command line, with every built-in command.
func (pr *Program) rootCommand() *cobra.Command {
	var version bool
	root := &cobra.Command{
		Use:   ownName(pr.setup),
		Short: "An order backend: commerce modules, links between them, and queries across all of them",
		Long: `Gorgon is an order backend in one binary. Its modules (order, cart, customer,
product and others) are isolated from each other and connected only by links; a
query reads across all of them in one SQL statement.

Data is kept in an SQLite file` + defaultFile(pr.setup) + `, or
in a PostgreSQL database. Choose it with --database on any command, or with the
environment variable GORGON_DATABASE.

Exit status: 0 on success, 1 after an error or when verify found problems, 2 when
the command line is invalid.`,
		Example: `  gorgon demo
  gorgon query order --fields id,customer.email,items.title --limit 5
  gorgon links`,
		Args: noCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if version {
				return printVersion(cmd)
			}
			return cmd.Help()
		},
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetFlagErrorFunc(flagError)
	// No default is shown: the Config's may hold a password.
	root.PersistentFlags().StringVar(&pr.database, "database", "", "sqlite:FILE or postgres://user:password@host:port/name")
	root.Flags().BoolVar(&version, "version", false, "print the version")
	root.PersistentFlags().Bool("json", false, "print JSON, errors included")
	root.AddCommand(
		startCommand(pr), demoCommand(pr), queryCommand(pr), orderCommand(pr), linkCommand(pr), linksCommand(pr), modelsCommand(pr), migrateCommand(pr), importCommand(pr), copyCommand(pr), exportCommand(pr), backupCommand(pr),
		userCommand(pr), verifyCommand(pr), versionCommand(), completionCommand(),
	)
	root.SetHelpCommand(helpCommand())
	root.CompletionOptions.DisableDefaultCmd = true // completionCommand replaces it
	rename(root, root.Name())
	return root
}

// defaultFile says which file is used by default, unless it is not a file.
func defaultFile(s *Setup) string {
	path, ok := shop.SQLitePath(cmp.Or(s.Shop.Database, shop.DefaultDatabase))
	switch {
	case !ok:
		return ""
	case filepath.IsAbs(path):
		return ", by default " + path
	}
	return ", by default " + path + " in the working directory"
}

// wantsJSON reports whether --json was given.
func wantsJSON(cmd *cobra.Command) bool {
	yes, err := cmd.Flags().GetBool("json")
	return err == nil && yes
}
