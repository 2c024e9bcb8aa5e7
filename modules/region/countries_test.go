package region_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/gorgon-commerce/gorgon/modules/region"
)

func TestWorldCountries(t *testing.T) {
	t.Parallel()
	if n := len(region.WorldCountries); n != 250 {
		t.Errorf("there are %d countries; ISO 3166-1 has 249, and there is Kosovo", n)
	}
	codes := map[string]*regexp.Regexp{
		"iso_2": regexp.MustCompile(`^[a-z]{2}$`), "iso_3": regexp.MustCompile(`^[a-z]{3}$`), "num_code": regexp.MustCompile(`^[0-9]{3}$`),
	}
	seen := map[string]string{}
	for _, c := range region.WorldCountries {
		for column, code := range map[string]string{"iso_2": c.ISO2, "iso_3": c.ISO3, "num_code": c.NumCode, "name": c.Name} {
			if form := codes[column]; form != nil && !form.MatchString(code) {
				t.Errorf("%s of %s is %q", column, c.DisplayName, code)
			}
			if other, ok := seen[column+code]; ok {
				t.Errorf("%s and %s have one %s, %s", other, c.DisplayName, column, code)
			}
			seen[column+code] = c.DisplayName
		}
		if c.Name != strings.ToUpper(c.DisplayName) || c.RegionID != nil {
			t.Errorf("%s is named %s and in region %v", c.DisplayName, c.Name, c.RegionID)
		}
	}
}

func TestSomeCountries(t *testing.T) {
	t.Parallel()
	byCode := map[string]region.Country{}
	for _, c := range region.WorldCountries {
		byCode[c.ISO2] = c
	}
	for _, want := range []region.Country{
		{ISO2: "de", ISO3: "deu", NumCode: "276", Name: "GERMANY", DisplayName: "Germany"},
		{ISO2: "ax", ISO3: "ala", NumCode: "248", Name: "ÅLAND ISLANDS", DisplayName: "Åland Islands"},
		{ISO2: "ci", ISO3: "civ", NumCode: "384", Name: "CÔTE D'IVOIRE", DisplayName: "Côte d'Ivoire"},
		{ISO2: "us", ISO3: "usa", NumCode: "840", Name: "UNITED STATES", DisplayName: "United States"},
	} {
		got := byCode[want.ISO2]
		if got.ISO3 != want.ISO3 || got.NumCode != want.NumCode || got.Name != want.Name || got.DisplayName != want.DisplayName {
			t.Errorf("%s is %v", want.ISO2, got)
		}
	}
}
