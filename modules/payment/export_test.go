package payment

import (
	"context"

	"github.com/gorgon-commerce/gorgon/module"
)

// CheckSums calls found with the sums of a payment that are wrong.
func CheckSums(ctx context.Context, s *Service, id string, found func(module.Wrong)) error {
	_, err := s.wrongSums(ctx, []string{id}, found)
	return err
}

// Hear is what Webhook does first with a message that it has read.
func Hear(ctx context.Context, s *Service, e Event) (open []*Attempt, err error) {
	session, err := s.anySession(ctx, e.SessionID)
	if err != nil {
		return nil, err
	}
	return s.hear(ctx, session, e)
}
