package auth

import (
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
)

// MinSecret is the minimum number of bytes of Config.Secret: as many as the
// signature of a token has.
const MinSecret = 32

// Check returns an invalid_data error if a setting is not valid.
func (c Config) Check() error {
	if n := len(c.Secret); n > 0 && n < MinSecret {
		return fault.New(fault.InvalidData, "the secret that signs tokens has %d bytes; it must have at least %d, such as the output of `openssl rand -hex 32`", n, MinSecret)
	}
	return module.FirstError(fault.NotNegative("Auth.TokenLife", c.TokenLife), fault.NotNegative("Auth.SessionLife", c.SessionLife))
}

// Check returns an invalid_data error if a limit is negative. The name is that
// of the setting.
func (l Limits) Check(name string) error {
	return module.FirstError(
		fault.NotNegative(name+".Every", l.Every),
		fault.NotNegative(name+".Burst", l.Burst),
	)
}
