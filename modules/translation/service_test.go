package translation_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/db"
	"github.com/gorgon-commerce/gorgon/db/dbtest"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/module/moduletest"
	"github.com/gorgon-commerce/gorgon/modules/translation"
)

var graph = moduletest.Graph(translation.Module)

func TestWorld(t *testing.T) {
	t.Parallel()
	names, codes := map[string]string{}, map[string]string{}
	for _, l := range translation.World() {
		if names[l.Code] != "" || codes[l.Name] != "" {
			t.Errorf("%s is twice, or its name %q is", l.Code, l.Name)
		}
		names[l.Code], codes[l.Name] = l.Name, l.Code
		if l.Name == "" || strings.Contains(l.Name, "nknown") {
			t.Errorf("%s has the name %q", l.Code, l.Name)
		}
	}
	for code, want := range map[string]string{
		"de": "German", "de-AT": "German (Austria)", "en-US": "English (United States)", "es-419": "Spanish (Latin America)",
		"zh-TW": "Chinese (Taiwan)", "zh-Hant": "Chinese (Traditional Han)", "pt-BR": "Portuguese (Brazil)", "nb-NO": "Norwegian Bokmål (Norway)",
	} {
		if names[code] != want {
			t.Errorf("%s has the name %q, want %q", code, names[code], want)
		}
	}
	if len(names) < 400 {
		t.Errorf("the world has %d locales", len(names))
	}
}

func TestTheWorldIsAddedOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := translation.New(moduletest.Open(t, d, graph))
		moduletest.Create(t, s.Locales, &translation.Locale{Code: "de-AT", Name: "Our Austrian"})
		for range 2 {
			if err := s.AddWorld(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := s.Locales.Count(t.Context(), nil); n != int64(len(translation.World())) || err != nil {
			t.Errorf("%d locales (%v)", n, err)
		}
		found, err := s.Locales.List(t.Context(), module.Where{"code": "de-AT"}, module.Page{})
		if err != nil || len(found) != 1 || found[0].Name != "Our Austrian" {
			t.Errorf("the locale that was there became %+v (%v)", found, err)
		}
	})
}

func TestFind(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		s := translation.New(moduletest.Open(t, d, graph))
		moduletest.Create(t, s.Locales, &translation.Locale{Code: "de-AT", Name: "German"}, &translation.Locale{Code: "he-IL", Name: "Hebrew"})
		got, err := s.Find(t.Context(), "f", "DE_at", "iw-IL")
		if want := []string{"de-AT", "he-IL"}; err != nil || !slices.Equal(got, want) {
			t.Errorf("found %q, want %q (%v)", got, want, err)
		}
		if got, err := s.Find(t.Context(), "f"); len(got) > 0 || err != nil {
			t.Errorf("none are %q (%v)", got, err)
		}
		for _, code := range []string{"", "und", "de-DE", "german", "de AT", "x-shop", strings.Repeat("a", 1000)} {
			_, err := s.Find(t.Context(), "supported_locales", "de-AT", code)
			if fault.TypeOf(err) != fault.InvalidData || !strings.HasPrefix(err.Error(), "supported_locales: there is no locale") {
				t.Errorf("%.20q: %v", code, err)
			}
		}
	})
}

func TestLocalesAreWhole(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d db.DB) {
		store := moduletest.Open(t, d, graph)
		s := translation.New(store)
		moduletest.Create(t, s.Locales, &translation.Locale{Code: "de-AT", Name: "German"})
		create := func(code, name string) func(context.Context) error {
			return func(ctx context.Context) error {
				return s.Locales.Create(ctx, &translation.Locale{Code: code, Name: name})
			}
		}
		moduletest.Refuse(t, store,
			moduletest.Refusal{Do: create("de_AT", "German"), Words: []string{"locale.code", "de_AT"}},
			moduletest.Refusal{Do: create("", "German"), Words: []string{"locale.code"}},
			moduletest.Refusal{Do: create("german", "German"), Words: []string{"locale.code", "german"}},
			moduletest.Refusal{Do: create("de-CH", " "), Words: []string{"locale.name"}},
			moduletest.Refusal{Do: create("de-AT", "Austrian"), Type: fault.DuplicateError, Words: []string{"locale", "de-AT"}},
		)
	})
}
