package auth

import "github.com/gorgon-commerce/gorgon/model"

// Models are all data models of the module.
var Models = []*model.Model{
	Identities, ProviderIdentities,
	PasswordResetTokens,
	MFAFactors, MFARecoveryCodes,
	Verifications,
}
