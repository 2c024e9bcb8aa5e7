package server

import "time"

// SetAfter replaces the clock of the delay.
func (s *Server) SetAfter(after func(time.Duration) <-chan time.Time) { s.after = after }

// SetMinute replaces the clock of Reconcile.
func (s *Server) SetMinute(minute func(time.Duration) <-chan time.Time) { s.minute = minute }
