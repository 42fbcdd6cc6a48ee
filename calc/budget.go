package calc

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"suanpan/calc/quotes"
	"suanpan/pricing"
)

// budget bounds how much one network may have kept on a day, in bytes before
// compression: quotes are kept for ever, and anybody may save them. It is of one
// running program: where several share the work, each has its own.
type budget struct {
	most int64
	now  func() time.Time

	mu    sync.Mutex
	day   string
	spent map[string]int64
}

// rowBytes is what keeping anything takes beside its content: its row, its
// listing, and its places in indexes.
const rowBytes = 1024

func newBudget(most int64, now func() time.Time) *budget {
	return &budget{most: most, now: now, spent: map[string]int64{}}
}

// networkKey is where the context of a request has its network.
type networkKey struct{}

// fromNetwork says of each request which network it comes from.
func fromNetwork(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		c.SetRequest(r.WithContext(context.WithValue(r.Context(), networkKey{}, networkOf(c.RealIP()))))
		return next(c)
	}
}

// networkOf is what counts as one network: what one customer of a provider
// commonly has.
func networkOf(ip string) string { return prefixOf(ip, 24, 56) }

// spend keeps something of so many bytes, if the budget of the request's network
// allows it. What was not kept costs nothing.
func (b *budget) spend(ctx context.Context, bytes int64, keep func() error) error {
	network, _ := ctx.Value(networkKey{}).(string)
	if err := b.take(network, bytes); err != nil {
		return err
	}
	err := keep()
	if err != nil {
		_ = b.take(network, -bytes)
	}
	return err
}

func (b *budget) take(network string, bytes int64) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	if day := quotes.Day(now); day != b.day {
		b.day = day
		clear(b.spent)
	}
	if bytes > 0 && b.spent[network]+bytes > b.most {
		return &requestError{status: http.StatusTooManyRequests, detail: budgetSpent, wait: untilTomorrow(now)}
	}
	b.spent[network] = max(0, b.spent[network]+bytes)
	return nil
}

// largest returns what the network that spent most today has spent.
func (b *budget) largest() (spent int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if quotes.Day(b.now()) != b.day {
		return 0
	}
	for _, n := range b.spent {
		spent = max(spent, n)
	}
	return spent
}

var budgetSpent = pricing.Text{
	EN: "This network has had as much saved today as one may. What was saved is there; saving goes on tomorrow.",
	ZH: "当前网络今天的保存量已达上限。已保存的内容不受影响，明天可以继续保存。",
}

// isOverBudget reports whether something was not kept for the budget.
func isOverBudget(err error) bool {
	var refused *requestError
	return errors.As(err, &refused) && refused.detail == budgetSpent
}

// untilTomorrow is how long the day in China lasts still, in seconds.
func untilTomorrow(now time.Time) string {
	next := now.Truncate(time.Hour)
	for quotes.Day(next) == quotes.Day(now) {
		next = next.Add(time.Hour)
	}
	return strconv.Itoa(int(math.Ceil(next.Sub(now).Seconds())))
}

// budgetedStore is a store in which each network has a budget.
type budgetedStore struct {
	quotes.Store
	budget *budget
}

// Save implements quotes.Store.
func (s *budgetedStore) Save(ctx context.Context, saving *quotes.Saving) (saved *quotes.Record, sealed []byte, err error) {
	err = s.budget.spend(ctx, rowBytes+int64(len(saving.Record.Document)), func() error {
		saved, sealed, err = s.Store.Save(ctx, saving)
		return err
	})
	return saved, sealed, err
}

// PutDraft implements quotes.Store. A draft costs what it is larger than before.
func (s *budgetedStore) PutDraft(ctx context.Context, b quotes.Browser, content []byte, version int64, at time.Time) error {
	more := rowBytes + int64(len(content))
	switch {
	case content == nil:
		more = 0
	case version != 0:
		before, err := s.Draft(ctx, b)
		if err != nil {
			return err
		}
		more = max(0, int64(len(content)-len(before.Content)))
	}
	return s.budget.spend(ctx, more, func() error { return s.Store.PutDraft(ctx, b, content, version, at) })
}
