package auth_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/db/sqlite"
	"github.com/gorgon-commerce/gorgon/link"
	"github.com/gorgon-commerce/gorgon/model"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
	"github.com/gorgon-commerce/gorgon/modules/customer"
	"github.com/gorgon-commerce/gorgon/modules/saleschannel"
	"github.com/gorgon-commerce/gorgon/schema"
)

// openExample returns a store with the modules that logins need, and customers,
// on a temporary SQLite database. Ids are numbered.
func openExample() (*module.Store, *link.Manager, func()) {
	dir := noError(os.MkdirTemp("", "example"))
	database := noError(sqlite.Open(filepath.Join(dir, "shop.db")))
	all := append(slices.Clone(logins), customer.Module)
	graph := noError(model.NewGraph(append(module.Models(all...), auth.Models()...)...))
	links := noError(link.Install(graph, link.Between(link.Many(apikey.APIKeys).Key("publishable_key_id"), link.Many(saleschannel.SalesChannels)).
		Table("publishable_api_key_sales_channel")))
	noError(schema.New(graph.Models()).Migrate(context.Background(), database, schema.Options{}))
	n := 0
	store := module.NewStore(database, graph, all...).From(module.Source{
		NewID: func(prefix string) string { n++; return fmt.Sprintf("%s_%d", prefix, n) },
	})
	return store, link.NewManager(store, links), func() {
		_ = database.Close()
		_ = os.RemoveAll(dir)
	}
}

func noError[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// A customer registers, is attached to an identity, and logs in.
func Example() {
	store, _, done := openExample()
	defer done()
	ctx, s := context.Background(), auth.New(store, auth.Config{})

	token := noError(s.Register(ctx, "customer", auth.EmailPass, "Ada@example.com", "correct horse"))
	claims := noError(s.Parse(ctx, token))
	fmt.Printf("registered as %q\n", claims.ActorID)

	ada := &customer.Customer{Email: new("ada@example.com"), HasAccount: true}
	noError(0, module.ServiceOf[*customer.Service](store).Customers.Create(ctx, ada))
	noError(0, s.Attach(ctx, claims.AuthIdentityID, "customer", ada.ID))

	token = noError(s.Login(ctx, "customer", auth.EmailPass, "ada@example.com", "correct horse"))
	fmt.Println("logged in as", noError(s.Parse(ctx, token)).ActorID)
	_, err := s.Login(ctx, "customer", auth.EmailPass, "ada@example.com", "wrong horse")
	fmt.Println(err)
	_, err = s.Register(ctx, "customer", auth.EmailPass, "ada", "correct horse")
	fmt.Println(err)
	// Output:
	// registered as ""
	// logged in as cus_3
	// Invalid email or password
	// "ada" is not an email address; it must have the form name@example.com
}

// A token is checked without a query, until it expires.
func ExampleService_Parse() {
	store, _, done := openExample()
	defer done()
	now := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	ctx, s := context.Background(), auth.New(store, auth.Config{
		Secret: []byte("32 random bytes, the same everywhere"), TokenLife: time.Hour, Now: func() time.Time { return now },
	})

	user := noError(s.CreateUser(ctx, "root@example.com", "correct horse"))
	token := noError(s.Login(ctx, "user", auth.EmailPass, "root@example.com", "correct horse"))
	claims := noError(s.Parse(ctx, token))
	fmt.Println(claims.ActorType, claims.ActorID == user.ID, string(claims.AppMetadata), claims.ExpiresAt.Format(time.TimeOnly))

	now = now.Add(50 * time.Minute)
	claims = noError(s.Parse(ctx, noError(s.Refresh(ctx, claims))))
	fmt.Println("refreshed until", claims.ExpiresAt.Format(time.TimeOnly))

	now = now.Add(10 * time.Minute)
	_, err := s.Parse(ctx, token)
	fmt.Println(err)
	// Output:
	// user true {"user_id":"user_1"} 13:00:00
	// refreshed until 13:50:00
	// the token is not valid, or has expired; log in again
}

// Deleting a user or customer detaches the identity that acts as them.
func ExampleService_Detach_byDeletion() {
	store, _, done := openExample()
	defer done()
	ctx, s := context.Background(), auth.New(store, auth.Config{})

	ada := &customer.Customer{Email: new("ada@example.com"), HasAccount: true}
	customers := module.ServiceOf[*customer.Service](store).Customers
	noError(0, customers.Create(ctx, ada))
	claims := noError(s.Parse(ctx, noError(s.Register(ctx, "customer", auth.EmailPass, "ada@example.com", "correct horse"))))
	noError(0, s.Attach(ctx, claims.AuthIdentityID, "customer", ada.ID))
	claims = noError(s.Parse(ctx, noError(s.Refresh(ctx, claims))))
	fmt.Println("trusted:", noError(s.Trusts(ctx, claims)))

	noError(0, customers.SoftDelete(ctx, ada.ID))
	fmt.Println("trusted:", noError(s.Trusts(ctx, claims)))
	claims = noError(s.Parse(ctx, noError(s.Login(ctx, "customer", auth.EmailPass, "ada@example.com", "correct horse"))))
	fmt.Printf("logged in as %q\n", claims.ActorID)
	// Output:
	// trusted: true
	// trusted: false
	// logged in as ""
}

// A secret key is returned once. A publishable key comes with the sales channels
// that it is linked to.
func ExampleService_CreateKey() {
	store, links, done := openExample()
	defer done()
	ctx, s := context.Background(), auth.New(store, auth.Config{})

	secret := noError(s.CreateKey(ctx, "Import", apikey.Secret, ""))
	fmt.Println(len(secret.Token), secret.Redacted == secret.Token[:6]+"***"+secret.Token[64:])
	fmt.Println(noError(s.SecretKey(ctx, secret.Token)).Title)
	noError(0, s.RevokeKey(ctx, secret.ID, "", 0))
	_, err := s.SecretKey(ctx, secret.Token)
	fmt.Println(err)

	web := &saleschannel.SalesChannel{Name: "Web"}
	noError(0, module.For[saleschannel.SalesChannel](store, saleschannel.SalesChannels).Create(ctx, web))
	publishable := noError(s.CreateKey(ctx, "Storefront", apikey.Publishable, ""))
	noError(links.Create(ctx, link.Pair{apikey.APIKeys: publishable.ID, saleschannel.SalesChannels: web.ID}))
	fmt.Println(noError(s.PublishableKey(ctx, publishable.Token)).SalesChannelIDs)
	// Output:
	// 67 true
	// Import
	// the secret API key is not valid, or has been revoked
	// [sc_2]
}
