package demo

import "github.com/gorgon-commerce/gorgon/modules/order"

// What happens to orders of each fate, after they have been placed and until the shop's
// time ends.

func draft(s *story) { s.makeDraft() }

func notPaid(s *story) { s.owe() }

func awaiting(s *story) { s.owe(); s.await() }

func authorized(s *story) { s.owe(); s.authorize() }

func canceledUnpaid(s *story) {
	authorized(s)
	s.later(2*hour, 40*hour, s.cancelUnpaid)
}

func paid(s *story) { s.pay() }

// pay authorizes the payment immediately, and captures it within two days.
func (s *story) pay() bool {
	authorized(s)
	return s.later(hour/2, 40*hour, s.capture)
}

func canceledPaid(s *story) {
	if s.pay() {
		s.later(2*hour, 60*hour, s.cancelPaid)
	}
}

func packed(s *story) {
	if s.pay() {
		s.later(4*hour, 3*day, func() { s.pack(s.methods[0], s.everything()) })
	}
}

func shipped(s *story) {
	if s.pay() {
		s.send(s.everything(), false)
	}
}

func delivered(s *story) { s.bring() }

// bring delivers the whole order, which is then completed and, much later, archived.
func (s *story) bring() bool {
	if !s.pay() || !s.send(s.everything(), true) {
		return false
	}
	if s.chance(60) && s.later(20*day, 40*day, func() { s.order.Status = order.StatusCompleted }) && s.chance(25) {
		s.later(90*day, 150*day, func() { s.order.Status = order.StatusArchived })
	}
	return true
}

func sentInTwo(s *story) {
	if !s.pay() {
		return
	}
	all := s.everything()
	if s.send(all[:1], true) && s.chance(60) {
		s.send(all[1:], s.chance(50))
	}
}

// arrived pays and delivers an order, for fates that go on after that.
func (s *story) arrived() bool { return s.pay() && s.send(s.everything(), true) }

func returned(s *story) {
	if s.arrived() {
		s.later(2*day, 14*day, func() { s.bringBack(s.lines[0], s.lines[0].quantity) })
	}
}

func exchanged(s *story) {
	if s.arrived() {
		s.later(2*day, 14*day, func() { s.swap(s.lines[0]) })
	}
}

func claimedReplaced(s *story) {
	if s.arrived() {
		s.later(day, 6*day, func() { s.replace(s.lines[0]) })
	}
}

func claimedRefunded(s *story) {
	if s.arrived() {
		s.later(day, 6*day, func() { s.makeGood(s.lines[0]) })
	}
}

// showcase tells the order that has everything: a promotion, two parcels, a return, an
// exchange and a claim.
func showcase(s *story) {
	s.showcase = s.order.ID
	if !s.pay() {
		return
	}
	all := s.everything()
	if s.send(all[:1], true) && s.send(all[1:], true) {
		s.later(day, 3*day, func() { s.replace(s.lines[0]) })
		s.later(day, 3*day, func() { s.swap(s.lines[1]) })
		s.later(day, 3*day, func() { s.bringBack(s.lines[2], 1) })
	}
}
