package auth

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/auth"
	"github.com/gorgon-commerce/gorgon/modules/user"
)

// EmailPass is the provider of logins by email and password, the only one.
const EmailPass = "emailpass"

// Config is how a Service works. Its zero value is good.
type Config struct {
	// Secret signs tokens; 32 random bytes are right. Every replica of a shop needs the same. Empty means one that is
	// kept in the database, and made when it is first needed.
	Secret []byte
	// TokenLife is how long a token is good; 0 is a day.
	TokenLife time.Duration
	// ActorTypes are what an identity can act as; none means user and customer.
	ActorTypes []string
	// Now is the clock; nil is the store's.
	Now func() time.Time
}

// Service logs people and programs in. It is safe for use by many goroutines.
type Service struct {
	config Config
	store  *module.Store

	identities module.Records[auth.Identity]
	logins     module.Records[auth.ProviderIdentity]
	factors    module.Records[auth.MFAFactor]
	resets     module.Records[auth.PasswordResetToken]
	users      module.Records[user.User]
	keys       *apikey.Service

	gate       *gate
	cost       cost                   // of new hashes
	decoy      []byte                 // a hash for emails that nobody has
	signing    atomic.Pointer[[]byte] // the key from the database, once it was read
	imported   *proofs
	storefront string // the statement of PublishableKey
	trust      trust
}

// New returns the service on a store whose graph has the models of the modules
// auth, api_key and user, and SigningKeys unless the Config has a Secret.
// From now on, a user or customer who is deleted through the store can no
// longer log in.
func New(s *module.Store, c Config) *Service {
	if c.TokenLife <= 0 {
		c.TokenLife = 24 * time.Hour
	}
	if c.ActorTypes == nil {
		c.ActorTypes = []string{"user", "customer"}
	}
	if c.Now == nil {
		c.Now = s.Now
	}
	service := &Service{
		config: c, store: s,
		identities: module.For[auth.Identity](s, auth.Identities),
		logins:     module.For[auth.ProviderIdentity](s, auth.ProviderIdentities),
		factors:    module.For[auth.MFAFactor](s, auth.MFAFactors),
		resets:     module.For[auth.PasswordResetToken](s, auth.PasswordResetTokens),
		users:      module.For[user.User](s, user.Users),
		keys:       apikey.New(s),
		gate:       newGate(), cost: newCost, decoy: newDecoy(newCost),
		imported:   newProofs(),
		storefront: channelsSQL(s),
	}
	s.Watch(service.watcher())
	return service
}

func (s *Service) now() time.Time { return s.config.Now().UTC().Truncate(time.Millisecond) }

// known refuses what the service does not know: an actor type or a provider.
func (s *Service) known(actorType, provider string) error {
	if err := s.knownActor(actorType); err != nil {
		return err
	}
	return knownProvider(provider)
}

func (s *Service) knownActor(actorType string) error {
	if !slices.Contains(s.config.ActorTypes, actorType) {
		return fault.New(fault.InvalidData, "nobody logs in as %q; it is one of %s", strings.ToValidUTF8(actorType, "\uFFFD"), strings.Join(s.config.ActorTypes, ", "))
	}
	return nil
}

func knownProvider(provider string) error {
	if provider != EmailPass {
		return fault.New(fault.InvalidData, "there is no way to log in named %q; there is %s", strings.ToValidUTF8(provider, "\uFFFD"), EmailPass)
	}
	return nil
}

// hasFactor reports whether an identity has a second factor, which a password
// alone does not replace.
func (s *Service) hasFactor(ctx context.Context, identityID string) (bool, error) {
	n, err := s.factors.Count(ctx, module.Where{"auth_identity_id": identityID, "status": "enabled"})
	return n > 0, err
}
