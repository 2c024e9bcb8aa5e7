package model

import "strings"

var irregular = map[string]string{
	"person": "people", "child": "children", "man": "men", "woman": "women", "foot": "feet", "tooth": "teeth",
	"mouse": "mice", "goose": "geese", "quiz": "quizzes", "ox": "oxen", "leaf": "leaves", "shelf": "shelves", "half": "halves",
}

var uncountable = map[string]bool{
	"media": true, "info": true, "data": true, "series": true, "news": true, "equipment": true, "metadata": true,
	"settings": true, "inventory": true, "information": true, "money": true, "species": true,
}

// Plural returns the English plural of a name in snake case, such as
// order_addresses for order_address.
func Plural(name string) string {
	head, word := "", name
	if i := strings.LastIndexByte(name, '_'); i >= 0 {
		head, word = name[:i+1], name[i+1:]
	}
	return head + pluralWord(word)
}

func pluralWord(w string) string {
	if uncountable[w] || w == "" {
		return w
	}
	if p, ok := irregular[w]; ok {
		return p
	}
	switch {
	case strings.HasSuffix(w, "y") && len(w) > 1 && !strings.ContainsRune("aeiou", rune(w[len(w)-2])):
		return w[:len(w)-1] + "ies"
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "x"), strings.HasSuffix(w, "z"),
		strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "sh"):
		return w + "es"
	}
	return w + "s"
}
