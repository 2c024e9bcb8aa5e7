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
