package apikey

import "github.com/gorgon-commerce/gorgon/module"

// rules are what the module asks of its records:
//
//   - a key has a title, and a token with the redacted form of it;
//   - it is revoked before it is deleted.
//
// The database sees to it that no two keys have one token.
func rules(_ *module.Store) []module.Rule {
	return []module.Rule{
		module.On(APIKeys, module.Rules[APIKey]{Each: check}),
	}
}

func check(k *APIKey) error {
	return module.FirstError(
		module.Require(APIKeys, "title", k.Title),
		module.Require(APIKeys, "token", k.Token),
		module.Require(APIKeys, "redacted", k.Redacted),
	)
}
