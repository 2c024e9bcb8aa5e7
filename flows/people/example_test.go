package people_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gorgon-commerce/gorgon/flows/people"
	"github.com/gorgon-commerce/gorgon/modules/user"
	"github.com/gorgon-commerce/gorgon/schema"
	"github.com/gorgon-commerce/gorgon/shop"
)

// withShop calls f with a shop on an SQLite file of its own.
func withShop(f func(ctx context.Context, s *shop.Shop) error) {
	if err := inFolder(f); err != nil {
		fmt.Println(err)
	}
}

func inFolder(f func(ctx context.Context, s *shop.Shop) error) error {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "gorgon-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b, err := shop.Build(shop.Config{Database: "sqlite:" + filepath.Join(dir, "shop.db")})
	if err != nil {
		return err
	}
	s, err := b.Connect(ctx, "")
	if err != nil {
		return err
	}
	defer s.Close()
	if _, err := s.Migrate(ctx, schema.Options{}); err != nil {
		return err
	}
	return f(ctx, s)
}

// Someone who is invited makes a login of their own, and becomes a user with it.
func ExamplePeople_AcceptInvite() {
	withShop(func(ctx context.Context, s *shop.Shop) error {
		p := people.New(s)
		invite := &user.Invite{Email: "ada@example.com"}
		if err := p.Invite(ctx, invite); err != nil { // invite.Token goes out by mail
			return err
		}

		token, err := s.Auth.Register(ctx, "user", "emailpass", "ada@example.com", "correct horse")
		if err != nil {
			return err
		}
		claims, err := s.Auth.Parse(ctx, token)
		if err != nil {
			return err
		}
		ada, err := p.AcceptInvite(ctx, people.AcceptInvite{
			Token: invite.Token, IdentityID: claims.AuthIdentityID, ActorType: claims.ActorType,
			User: user.User{FirstName: new("Ada")},
		})
		if err != nil {
			return err
		}
		fmt.Println(*ada.FirstName, ada.Email)

		token, err = s.Auth.Login(ctx, "user", "emailpass", "ada@example.com", "correct horse")
		if err != nil {
			return err
		}
		claims, err = s.Auth.Parse(ctx, token)
		if err != nil {
			return err
		}
		fmt.Println(claims.ActorType, claims.ActorID == ada.ID)
		return nil
	})
	// Output:
	// Ada ada@example.com
	// user true
}
