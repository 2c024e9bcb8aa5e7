package cli

import (
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/show"
)

// release is the version that the linker was given, as tools/release.sh does; it
// comes before that of the module.
var release string

// build describes how the binary was built.
type build struct {
	Version  string `json:"version"`            // of the release or the module, such as "v1.2.3", or "(devel)"
	Revision string `json:"revision,omitempty"` // of the source; ends in "+" when there were uncommitted changes
	Time     string `json:"time,omitempty"`     // of the revision, RFC 3339
	Schema   int    `json:"schema"`             // the version of the schema that it creates
	Go       string `json:"go"`
	Platform string `json:"platform"` // "linux/amd64"
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Long: `Prints the version of the binary, the revision it was built from, and the version
of the schema it creates. The command needs no database.`,
		Example: `  gorgon version
  gorgon version --json`,
		Args: arguments(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return printVersion(cmd)
		},
	}
}

func printVersion(cmd *cobra.Command) error {
	info, _ := debug.ReadBuildInfo()
	b := buildOf(info, release)
	return done(cmd, b, "%s %s\n", cmd.Root().Name(), b)
}

func buildOf(info *debug.BuildInfo, release string) build {
	b := build{Version: "(devel)", Schema: schema.Version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info == nil {
		info = &debug.BuildInfo{}
	}
	for _, version := range []string{info.Main.Version, release} {
		if version != "" {
			b.Version = version
		}
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			b.Revision = s.Value + b.Revision
		case s.Key == "vcs.time":
			b.Time = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			b.Revision += "+"
		}
	}
	return b
}

func (b build) String() string {
	var details []string
	for _, d := range []string{b.Revision, b.Time, "schema " + show.Int(b.Schema), b.Go, b.Platform} {
		if d != "" {
			details = append(details, d)
		}
	}
	return b.Version + " (" + strings.Join(details, ", ") + ")"
}
