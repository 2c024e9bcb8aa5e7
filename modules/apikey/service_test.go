package apikey_test

import (
	"context"
	"testing"
	"time"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/apikey"
)

var graph = moduletest.Graph(apikey.Module)

var noon = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, d db.DB) (*module.Store, *apikey.Service) {
	t.Helper()
	store := moduletest.Open(t, d, graph).From(module.Source{Now: func() time.Time { return noon }})
	return store, apikey.New(store)
}

func key(token string) *apikey.APIKey {
	return &apikey.APIKey{Title: "Key " + token, Token: token, Redacted: token[:4] + "***", Type: apikey.Publishable}
}

func TestKeysThatCannotBe(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store, s := open(t, d)
		a := key("pk_aaaa")
		moduletest.Create(t, s.APIKeys, a)
		without := func(change func(k *apikey.APIKey)) func(ctx context.Context) error {
			return func(ctx context.Context) error {
				k := key("pk_new")
				change(k)
				return s.APIKeys.Create(ctx, key("pk_other"), k)
			}
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Words: []string{"api_key.title"}, Do: without(func(k *apikey.APIKey) { k.Title = " " })},
			moduletest.Refusal{Words: []string{"api_key.token"}, Do: without(func(k *apikey.APIKey) { k.Token = "" })},
			moduletest.Refusal{Words: []string{"api_key.redacted"}, Do: without(func(k *apikey.APIKey) { k.Redacted = "" })},
			moduletest.Refusal{Words: []string{"api_key.type", "secret"}, Do: without(func(k *apikey.APIKey) { k.Type = "public" })},
			moduletest.Refusal{Words: []string{"token"}, Type: fault.DuplicateError, Do: without(func(k *apikey.APIKey) { k.Token = a.Token })},
			moduletest.Refusal{Words: []string{"api_key.title"}, Do: func(ctx context.Context) error {
				_, err := s.APIKeys.Update(ctx, []string{a.ID}, module.Patch{"title": ""})
				return err
			}},
		)
	})
}

func TestActive(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		key  apikey.APIKey
		want bool
	}{
		"new":           {apikey.APIKey{}, true},
		"revoked":       {apikey.APIKey{RevokedAt: new(noon.Add(-time.Second))}, false},
		"revoked now":   {apikey.APIKey{RevokedAt: new(noon)}, false},
		"revoked later": {apikey.APIKey{RevokedAt: new(noon.Add(time.Second))}, true},
	} {
		if got := test.key.Active(noon); got != test.want {
			t.Errorf("%s: active is %t", name, got)
		}
	}
	var deleted apikey.APIKey
	if deleted.DeletedAt = new(noon); deleted.Active(noon) {
		t.Error("a deleted key is active")
	}
}

func TestRevokeAndDelete(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store, s := open(t, d)
		gone, later, live := key("pk_gone"), key("pk_later"), key("pk_live")
		moduletest.Create(t, s.APIKeys, gone, later, live)
		ctx := t.Context()
		if err := s.Revoke(ctx, gone.ID, "user_1", noon); err != nil {
			t.Fatal(err)
		}
		if err := s.Revoke(ctx, later.ID, "user_1", noon.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := s.Revoke(ctx, later.ID, "user_2", noon.Add(time.Minute)); err != nil {
			t.Errorf("a key to be revoked later does not get a new time: %v", err)
		}
		read, err := s.APIKeys.Retrieve(ctx, later.ID)
		if err != nil || read.RevokedAt == nil || !read.RevokedAt.Equal(noon.Add(time.Minute)) || *read.RevokedBy != "user_2" {
			t.Errorf("the key reads %+v, %v", read, err)
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Name: "again", Words: []string{"already revoked"}, Type: fault.NotAllowed, Do: func(ctx context.Context) error {
				return s.Revoke(ctx, gone.ID, "user_2", noon.Add(time.Hour))
			}},
			moduletest.Refusal{Name: "unknown", Words: []string{"apk_none"}, Type: fault.NotFound, Do: func(ctx context.Context) error {
				return s.Revoke(ctx, "apk_none", "user_2", noon)
			}},
			moduletest.Refusal{Name: "live", Words: []string{"revoke it"}, Type: fault.NotAllowed, Do: func(ctx context.Context) error {
				return s.Delete(ctx, gone.ID, live.ID)
			}},
			moduletest.Refusal{Name: "later", Words: []string{"revoke it"}, Type: fault.NotAllowed, Do: func(ctx context.Context) error {
				return s.Delete(ctx, later.ID)
			}},
		)
		if err := s.Delete(ctx, gone.ID, "apk_none"); err != nil {
			t.Errorf("a revoked key is not deleted: %v", err)
		}
		left, err := s.APIKeys.List(ctx, nil, module.Page{})
		if err != nil || len(left) != 2 {
			t.Errorf("%d keys are left, %v; want later and live", len(left), err)
		}
	})
}
