package sqlite

import "github.com/gorgon-commerce/gorgon/fault"

// Options are the settings of a Database. The zero value of each means its
// default.
type Options struct {
	Synchronous Synchronous // default: Full
}

// Synchronous says when a commit waits for the disk.
type Synchronous string

// The values of Synchronous. A crash of the process alone loses nothing with any
// of them.
const (
	Full   Synchronous = "full"   // at each commit: none that returned is lost
	Normal Synchronous = "normal" // at checkpoints: a power failure may undo the last commits
	Off    Synchronous = "off"    // never: a power failure may damage the file
)

// check refuses values that do not exist.
func (o Options) check() error {
	switch o.Synchronous {
	case "", Full, Normal, Off:
		return nil
	}
	return fault.New(fault.InvalidData, "synchronous is %q; want full, normal or off", fault.Clip(string(o.Synchronous)))
}

func (o Options) pragma() string {
	if o.Synchronous == "" {
		o.Synchronous = Full
	}
	return "synchronous(" + string(o.Synchronous) + ")"
}
