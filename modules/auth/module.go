package auth

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models. Package auth of the program is what works on them.
var Module = &module.Module{
	Name: "auth",
	Models: []*model.Model{
		Identities, ProviderIdentities,
		PasswordResetTokens,
		MFAFactors, MFARecoveryCodes,
		Verifications,
	},
}
