package api

import (
	"github.com/gorgon-commerce/gorgon/api/body"
	"github.com/gorgon-commerce/gorgon/auth"
)

// Route is one method on one path.
type Route struct {
	Method  string
	Path    string // with its parameters in braces: /admin/orders/{id}
	Access  Access
	Summary string      // one line, for the document
	Params  []Parameter // of the query part of the URL, for the document
	Body    body.Object // what is sent; nil is nothing
	Open    bool        // Body takes other properties, too: Do checks them
	Files   string      // the field of the files that are sent, one or more, as multipart/form-data in place of a Body
	MaxBody int64       // bytes of what is sent, which may then come slowly; 0 is what the server takes of any route
	Answer  Answer      // for the document
	Status  int         // of success; 0 is 200
	Do      func(c *Call) error
}

// Parameter is a parameter in the query part of a URL.
type Parameter struct {
	Name, Description string
	Type              body.Type
}

// NoEffect returns a parameter that is accepted because clients send it.
func NoEffect(name string) Parameter { return Parameter{name, "accepted without effect", body.Text} }

// Answer is the shape of a route's response.
type Answer struct {
	Entity string // whose records; "" for another object
	Key    string // of the record or list in the envelope
	List   bool   // with count, offset, limit
	Whole  bool   // a list that has no pages
	Batch  bool   // {created, updated, deleted}: lists of the entity's records, and the ids of those deleted
	Plain  bool   // in a batch, the deleted are a list of ids alone
	Delete bool   // {id, object, deleted}, with the entity's record as its parent
	Fields []string
	Added  body.Object // fields of the records that no query returns
	Below  Below       // such fields of records below them
	Body   body.Object // of another object
	Beside *Answer     // another record in the envelope, with its own key
	Media  string      // of what is not JSON: "text/plain"
}

// Access says who may call a route.
type Access uint8

// The kinds of access.
const (
	Public     Access = iota // anyone
	Admin                    // a user, or a secret API key
	Storefront               // with a publishable API key; a customer's token is optional
	Customer                 // with a publishable API key and a customer's token
	Newcomer                 // with a publishable API key and a token, also of someone who is not a customer yet
	AnyToken                 // a token of any actor, also of someone who is not one yet
)

// Caller is who sent a request.
type Caller struct {
	Type   string               // user, customer, api-key; "" for an unknown caller
	ID     string               // of the user, customer or key; "" for a token that has no actor yet
	Claims *auth.Claims         // of the token; nil without one
	Key    *auth.PublishableKey // of a storefront; nil elsewhere
}

// Is reports whether the caller is an actor of that type.
func (c Caller) Is(actor string) bool { return c.Type == actor && c.ID != "" }
