package auth

import (
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
)

// Module is the module: its models. Its service is package auth.
var Module = &module.Module{
	Name: "auth",
	Models: []*model.Model{
		Identities, ProviderIdentities,
		PasswordResetTokens,
		MFAFactors, MFARecoveryCodes,
		Verifications,
	},
}
