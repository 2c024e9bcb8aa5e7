package user

import (
	"time"

	"github.com/gorgon-commerce/gorgon/model"
)

// User is someone who works for the shop.
type User struct {
	model.Base
	FirstName *string `json:"first_name" model:"searchable"`
	LastName  *string `json:"last_name" model:"searchable"`
	Email     string  `json:"email" model:"searchable,anycase"`
	AvatarURL *string `json:"avatar_url"`
}

// Users is the model of User: entity user, ids user_….
var Users = model.Define[User]("user").Unique("email")

// Invite is an invitation to become a user.
type Invite struct {
	model.Base
	Email     string    `json:"email" model:"searchable,anycase"`
	Accepted  bool      `json:"accepted" model:"default=false"`
	Token     string    `json:"token"`
	ExpiresAt time.Time `json:"expires_at"`
}

// Invites is the model of Invite: entity invite, ids invite_….
var Invites = model.Define[Invite]("invite").Unique("email")
