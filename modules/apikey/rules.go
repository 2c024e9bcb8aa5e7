package apikey

import "github.com/gorgon-commerce/gorgon/module"

// rules returns the rules for the module's records:
//
//   - a key has a title, a token and the redacted form of the token;
//   - a key must be revoked before it can be deleted.
//
// The database ensures that tokens are unique.
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
