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

// EmailPass is the provider of logins with an email and a password. There is no
// other yet.
const EmailPass = "emailpass"

// DefaultSessionLife is the default of Config.SessionLife.
const DefaultSessionLife = 30 * 24 * time.Hour

// Config configures a Service. The zero value is valid.
type Config struct {
	// Secret is the key that signs tokens, such as 32 random bytes. All replicas of a shop need the same. If it is
	// empty, a key is created when it is first needed and kept in the database.
	Secret []byte
	// TokenLife is how long a token is valid; 0 means a day.
	TokenLife time.Duration
	// SessionLife is how long after a login its token can be refreshed; 0 means 30 days. No token is valid after that.
	SessionLife time.Duration
	// ActorTypes are what an identity can act as; nil means user and customer.
	ActorTypes []string
	// Now is the clock; nil means that of the store.
	Now func() time.Time
}

// A Service logs in people and programs. It is safe for concurrent use.
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
	cost       cost                   // the cost of new hashes
	decoy      []byte                 // a hash to check for unknown emails
	signing    atomic.Pointer[[]byte] // the key from the database, once it has been read
	imported   *proofs
	storefront string // the statement of PublishableKey
	trust      trust
	swept      sweeps
}

// New returns a service on a store whose graph has the models of the modules
// auth, api_key and user, and Models. New registers a watcher on the store, so
// that a user or customer who is deleted through the store can no longer log in.
func New(s *module.Store, c Config) *Service {
	if c.TokenLife <= 0 {
		c.TokenLife = 24 * time.Hour
	}
	if c.SessionLife <= 0 {
		c.SessionLife = DefaultSessionLife
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

// Known returns an invalid_data error for an unknown actor type or provider.
func (s *Service) Known(actorType, provider string) error {
	if err := s.knownActor(actorType); err != nil {
		return err
	}
	return knownProvider(provider)
}

func (s *Service) knownActor(actorType string) error {
	if !slices.Contains(s.config.ActorTypes, actorType) {
		return fault.New(fault.InvalidData, "cannot log in as %q; the actor type must be one of %s", strings.ToValidUTF8(actorType, "\uFFFD"), strings.Join(s.config.ActorTypes, ", "))
	}
	return nil
}

func knownProvider(provider string) error {
	if provider != EmailPass {
		return fault.New(fault.InvalidData, "there is no auth provider %q; use %s", strings.ToValidUTF8(provider, "\uFFFD"), EmailPass)
	}
	return nil
}

// hasFactor reports whether an identity has a second factor enabled.
func (s *Service) hasFactor(ctx context.Context, identityID string) (bool, error) {
	n, err := s.factors.Count(ctx, module.Where{"auth_identity_id": identityID, "status": "enabled"})
	return n > 0, err
}
