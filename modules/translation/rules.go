package translation

import (
	"golang.org/x/text/language"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// rules returns the rules for the module's records: the code of a locale is a BCP 47 tag
// in its usual spelling, and it has a name.
func rules(_ *module.Store) []module.Rule {
	return []module.Rule{
		module.On(Locales, module.Rules[Locale]{Each: check}),
	}
}

func check(l *Locale) error {
	if code, ok := spell(l.Code); !ok || code != l.Code {
		return fault.New(fault.InvalidData, "locale.code cannot be %q; it must be a BCP 47 tag in its usual spelling, such as de-AT", fault.Clip(l.Code))
	}
	return module.Require(Locales, "name", l.Name)
}

// spell returns a tag in its usual spelling, and false if it is none.
func spell(code string) (string, bool) {
	tag, err := language.Parse(code)
	return tag.String(), err == nil && tag != language.Und
}
