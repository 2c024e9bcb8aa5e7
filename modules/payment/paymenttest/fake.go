package paymenttest

import (
	"encoding/json"
	"errors"
	"sync"

	"github.com/gorgon-commerce/gorgon/module"
	"github.com/gorgon-commerce/gorgon/modules/payment"
	"github.com/gorgon-commerce/gorgon/money"
)

// A Fault is what goes wrong with a call of a Fake.
type Fault int

// The faults.
const (
	None       Fault = iota
	Decline          // the provider refuses
	LoseCall         // the call never arrives, and nothing answers
	LoseAnswer       // the call is carried out, and the answer is lost
	Repeat           // the call arrives twice, and the second answer is received
	Delay            // nothing answers, and the call arrives when Arrive is called
)

// ErrLost is the error of a call whose answer did not come.
var ErrLost = errors.New("paymenttest: no answer within the time limit")

// An Account is what a Fake knows of a session.
type Account struct {
	Amount   money.Amount
	Status   payment.SessionStatus
	Captured money.Amount
	Refunded money.Amount
	Canceled bool
	Deleted  bool
}

// Fake is a payment provider in memory. It is safe for concurrent use.
type Fake struct {
	id string

	mu       sync.Mutex
	faults   []Fault
	becomes  payment.SessionStatus
	accounts map[string]*Account
	answers  map[string]answer
	delayed  []func()
	messages []payment.Message
	calls    int
}

// answer is what the provider said to a call.
type answer struct {
	outcome payment.Outcome
	err     error
}

// New returns a provider with an id, such as pp_fake_test.
func New(id string) *Fake {
	return &Fake{id: id, becomes: payment.SessionAuthorized, accounts: map[string]*Account{}, answers: map[string]answer{}}
}

// Module returns a module whose service is the provider.
func (f *Fake) Module() *module.Module {
	return &module.Module{Name: f.id, Service: module.Provide(func(*module.Store) *Fake { return f })}
}

// Next says what goes wrong with the next calls, one after the other.
func (f *Fake) Next(faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = faults
}

// Becomes says what sessions become when they are authorized: authorized, which is the
// default, captured, requires_more or pending_authorization.
func (f *Fake) Becomes(status payment.SessionStatus) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.becomes = status
}

// Account returns what the provider knows of a session.
func (f *Fake) Account(session string) (a Account, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	found := f.accounts[session]
	if found == nil {
		return a, false
	}
	return *found, true
}

// Calls returns how often the provider was called.
func (f *Fake) Calls() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls
}

// Arrive carries out the calls that are delayed, the last one first.
func (f *Fake) Arrive() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := len(f.delayed) - 1; i >= 0; i-- {
		f.delayed[i]()
	}
	f.delayed = nil
}

// Outside changes the account of a session as its customer or a person at the
// provider does: without a call. The provider sends a message about it.
func (f *Fake) Outside(session string, change func(*Account)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if a := f.accounts[session]; a != nil {
		change(a)
		f.send(session, a)
	}
}

// Happen does to an account what people do: a session that waits for its customer is
// authorized, and of one that is authorized an amount is captured, or else refunded.
// Its status is captured once something is.
func (a *Account) Happen(amount money.Amount) {
	switch {
	case a.Deleted || a.Canceled:
	case a.Status == payment.SessionPendingAuthorization || a.Status == payment.SessionRequiresMore:
		a.Status = payment.SessionAuthorized
	case a.approved() && a.Captured.Add(amount).Cmp(a.Amount) <= 0:
		a.Status, a.Captured = payment.SessionCaptured, a.Captured.Add(amount)
	case a.approved() && a.Refunded.Add(amount).Cmp(a.Captured) <= 0:
		a.Refunded = a.Refunded.Add(amount)
	}
}

// PaymentProviderID returns the provider's id.
func (f *Fake) PaymentProviderID() string { return f.id }

// receive carries out a call, with the fault that is next.
func (f *Fake) receive(method string, c payment.Call, do func(a *Account) (payment.Outcome, error)) (payment.Outcome, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls++
	fault := None
	if len(f.faults) > 0 {
		fault, f.faults = f.faults[0], f.faults[1:]
	}
	switch fault {
	case LoseCall:
		return payment.Outcome{}, ErrLost
	case Delay:
		f.delayed = append(f.delayed, func() { _, _ = f.answer(method, c, do) })
		return payment.Outcome{}, ErrLost
	case LoseAnswer:
		_, _ = f.answer(method, c, do)
		return payment.Outcome{}, ErrLost
	case Repeat:
		_, _ = f.answer(method, c, do)
	case Decline:
		do = func(*Account) (payment.Outcome, error) { return payment.Outcome{}, payment.Decline("told to") }
	}
	return f.answer(method, c, do)
}

// answer carries out a call, unless a call with its key was carried out before.
func (f *Fake) answer(method string, c payment.Call, do func(a *Account) (payment.Outcome, error)) (payment.Outcome, error) {
	key := method + " " + c.Key
	if said, ok := f.answers[key]; ok {
		return said.outcome, said.err
	}
	a := f.accounts[c.SessionID]
	if a == nil {
		a = &Account{}
	}
	was := *a
	o, err := do(a)
	if err != nil {
		*a = was
	} else if o.Data, err = json.Marshal(a); err == nil && *a != was {
		f.accounts[c.SessionID] = a
		f.send(c.SessionID, a)
	}
	f.answers[key] = answer{o, err}
	return o, err
}
