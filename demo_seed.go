package gorgon

import "context"

func (a *App) seedDemo(ctx context.Context, f demoFlags, p *progress) (string, error) {
	return "TODO", nil
}
