// Package translation holds the locales that a shop's texts can be in.
//
//	Locale{Code: "de-AT", Name: "German (Austria)"}
//
// The table contains the locales of the world from the beginning (World). Which of them
// a shop supports is set on its store, which refers to them by their codes. A code is a
// BCP 47 tag; Find knows it in any spelling: de_at is de-AT.
package translation
