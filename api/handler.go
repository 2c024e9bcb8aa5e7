package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/klauspost/compress/gzhttp"

	"github.com/gorgon-commerce/gorgon/auth"
	"github.com/gorgon-commerce/gorgon/fault"
	"github.com/gorgon-commerce/gorgon/query"
	"github.com/gorgon-commerce/gorgon/shop"
)

// Options are the settings of a handler. The zero value of each means its
// default.
type Options struct {
	Log      *slog.Logger  // requests and failures; nil logs nothing
	MaxBody  int64         // bytes of a body; default DefaultMaxBody
	Timeout  time.Duration // of a request's work; default DefaultTimeout
	Observer Observer      // sees every request; may be nil
	Origins  Origins       // whose pages may call
	Coming   []string      // routes to come, such as "POST /admin/things/{id}": what calls them is told so

	// TrustedProxies is how many proxies of ours stand before the server, each of which appends the address that it has
	// seen to X-Forwarded-For. With 0, a client's address is the other end of the connection.
	TrustedProxies int
}

// The limits of a request unless told otherwise.
const (
	DefaultMaxBody = 1 << 20  // bytes
	storeMaxBody   = 64 << 10 // bytes that anyone with a publishable key may send, and have stored
	DefaultTimeout = 30 * time.Second
)

// gzipFrom is the size, in bytes, from which responses are compressed: smaller
// ones fit into one packet anyway.
const gzipFrom = 1400

// Observer is told of every request. The route is the pattern of the path, so
// that ids are not told apart.
type Observer interface {
	Begin()
	End(method, route string, status int, took time.Duration)
}

// handler serves routes.
type handler struct {
	Options
	shop *shop.Shop
}

// New returns the handler of a shop's routes. Of routes with the same method and
// path, the last one serves, and the log says so.
func New(s *shop.Shop, routes []Route, o Options) http.Handler {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.MaxBody <= 0 {
		o.MaxBody = DefaultMaxBody
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	h := &handler{Options: o, shop: s}
	r := chi.NewRouter()
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(gzipFrom))
	if err != nil {
		panic(err) // the options are constants
	}
	r.Use(Secured, h.identify, h.known, h.observe, h.catch, o.Origins.handler, h.protect, middleware.StripSlashes,
		func(next http.Handler) http.Handler { return compress(next) })
	h.refuseComing(r)
	taken := map[string]bool{}
	for i := range routes {
		route := &routes[i]
		if at := route.Method + " " + route.Path; taken[at] {
			o.Log.Warn("a route takes the place of another one", "route", at)
		} else {
			taken[at] = true
		}
		serve := h.limit(route, h.serve(route))
		r.Method(route.Method, route.Path, serve)
		if route.Method == http.MethodGet {
			r.Method(http.MethodHead, route.Path, serve)
		}
	}
	notFound := h.limit(&Route{}, h.notFound)
	r.NotFound(notFound)
	r.MethodNotAllowed(notFound)
	return r
}

// serve returns the handler of a route.
func (h *handler) serve(route *Route) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c := &Call{Request: r, w: &writer{ResponseWriter: w}, route: route, https: h.https(r)}
		err := h.call(c)
		switch {
		case err == nil:
			c.end()
		case c.w.begun: // half of an answer is out: it must not look whole
			h.Log.ErrorContext(r.Context(), "response broke off", "request_id", requestID(r.Context()), "path", r.URL.Path, "error", detail(err))
			panic(http.ErrAbortHandler)
		default:
			fail(w, r, h.Log, err)
		}
	}
}

func (h *handler) call(c *Call) (err error) {
	if c.Caller, err = h.admit(c.Request, c.route.Access); err != nil {
		return err
	}
	c.Request = c.WithContext(query.WithCaller(c.Context(), c.caller()))
	if c.params, err = parseParameters(c.URL.RawQuery); err != nil {
		return err
	}
	return c.route.Do(c)
}

// caller returns who a query counts as: the actor, or the client of someone who is
// none.
func (c *Call) caller() string {
	if c.Caller.ID != "" {
		return c.Caller.Type + " " + c.Caller.ID
	}
	return auth.Client(c.Context())
}

// limit bounds the bytes and the time of a request to a route.
func (h *handler) limit(route *Route, next http.HandlerFunc) http.HandlerFunc {
	most, timeout := h.MaxBody, h.Timeout
	if route.MaxBody > 0 {
		most, timeout = route.MaxBody, h.Timeout+transferTime(route.MaxBody)
	} else if a := route.Access; a == Storefront || a == Customer || a == Newcomer {
		most = min(most, storeMaxBody)
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > most {
			w.Header().Set("Connection", "close") // the body is not read
			fail(w, r, h.Log, fault.New(fault.TooLarge, "the body has more than %d bytes", most))
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), timeout)
		defer cancel()
		r = r.WithContext(ctx)
		if route.MaxBody > 0 {
			r.Body = paced(w, r.Body, timeout)
		}
		r.Body = http.MaxBytesReader(w, r.Body, most)
		next(w, r)
	}
}

// catch turns a panic into an internal error; the server goes on.
func (h *handler) catch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(p) // how net/http wants a connection ended
			}
			fail(w, r, h.Log, panicked(p))
		}()
		next.ServeHTTP(w, r)
	})
}
