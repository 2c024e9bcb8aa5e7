package server

import "runtime/debug"

// Version returns the version of the module that the binary was built from,
// "(devel)" when it has none.
func Version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
