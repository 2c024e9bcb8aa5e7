package auth

import "context"

type clientKey struct{}

// WithClient returns a context that says which client the work is for, by its
// address as limits count it: fair shares are by client.
func WithClient(ctx context.Context, client string) context.Context {
	return context.WithValue(ctx, clientKey{}, client)
}

// Client returns the client that WithClient has set, or "".
func Client(ctx context.Context) string {
	client, _ := ctx.Value(clientKey{}).(string)
	return client
}
