package calc_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"suanpan/calc"
	"suanpan/calc/quotes"
	"suanpan/pricing"
)

func today(t testing.TB, s *calc.Server, id string) *todayAnswer {
	t.Helper()
	res := get(t, s, quotesAPI+"/"+id+"/today")
	body := read(t, res)
	if res.StatusCode != 200 || res.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("status %d, cache %q: %s", res.StatusCode, res.Header.Get("Cache-Control"), body)
	}
	a := decode[todayAnswer](t, body)
	return &a
}

func TestQuoteAtTodaysPrices(t *testing.T) {
	now := noon()
	s := newServer(t, withClock(now))
	q := saveQuote(t, s, `{"items":[{"product":"fixture-cloud","price_book":"2025-06-01","inputs":{"months":2},"quantity":3},{"product":"tencent-im","inputs":{"dau":15000}}]}`)
	now.move(13 * time.Hour) // it is tomorrow in China
	got := today(t, s, q.ID)
	if got.ID != q.ID || got.Date != "2026-03-11" || got.Currency != "CNY" || got.Before != q.Total || !got.Whole || got.Difference != "120.00" || len(got.Items) != 2 ||
		decimal.RequireFromString(got.After).Sub(decimal.RequireFromString(got.Before)).StringFixed(2) != "120.00" {
		t.Errorf("%+v", got)
	}
	rooms := got.Items[0]
	if rooms.Before.PriceBook != "2025-06-01" || rooms.After.PriceBook != "2026-01-01" || rooms.Before.Option != "basic" || rooms.After.OptionName != "Basic" ||
		rooms.Before.Total != "452.98" || rooms.After.Total != "492.98" || rooms.Before.Amount != "1358.94" || rooms.After.Amount != "1478.94" ||
		rooms.Difference != "120.00" || rooms.SameBook || rooms.Quantity != 3 {
		t.Errorf("%+v", rooms)
	}
	want := lineChangeAnswer{
		"rent", "603", "723", "120", "price", pointer("2 × ¥100.50"), pointer("2 × ¥120.50"), pointer("100.5"), pointer("120.5"),
	}
	if len(rooms.Lines) != 1 || !reflect.DeepEqual(rooms.Lines[0], want) {
		t.Errorf("lines %+v", rooms.Lines)
	}
	if chat := got.Items[1]; !chat.SameBook || chat.Difference != "0.00" || len(chat.Lines) != 0 || chat.OptionGone || chat.OptionInfeasible || chat.ProductGone || chat.LeftOut == nil {
		t.Errorf("%+v", chat)
	}
	if again := getQuote(t, s, q.ID); again.Hash != q.Hash || again.Total != q.Total {
		t.Errorf("the quote has changed: %+v", again)
	}
}

// TestOldEasemobQuoteToday: the figures of the 2022 book stay to the fen, and
// what has become of each line says why today's differ.
func TestOldEasemobQuoteToday(t *testing.T) {
	s := newServer(t)
	q := saveQuote(t, s, `{"items":[{"product":"easemob-im","price_book":"2022-09-13","inputs":{"dau":82370,"months":12,"group_members":3000}}]}`)
	estimated := estimate(t, s, `{"product":"easemob-im","price_book":"2022-09-13","inputs":{"dau":82370,"months":12,"group_members":3000}}`)
	item := q.Items[0]
	if item.Total != estimated.option(t, item.Option).Total || q.Total != item.Total {
		t.Errorf("%+v", item)
	}
	newest := estimate(t, s, `{"product":"easemob-im","inputs":{"dau":82370,"months":12,"group_members":3000}}`)
	got := today(t, s, q.ID)
	change := got.Items[0]
	if got.Before != q.Total || change.After == nil || change.After.PriceBook != newest.PriceBook || change.After.Total != newest.option(t, change.After.Option).Total {
		t.Fatalf("%+v", got)
	}
	if change.OptionGone || change.OptionInfeasible {
		if change.After.Option != text(newest.Recommended) {
			t.Errorf("compared with %s, not with the recommended option", change.After.Option)
		}
	} else if change.After.Option != item.Option {
		t.Errorf("compared with %s", change.After.Option)
	}
	sum := decimal.Zero
	for _, line := range change.Lines {
		d := decimal.RequireFromString(line.After).Sub(decimal.RequireFromString(line.Before))
		if !d.Equal(decimal.RequireFromString(line.Difference)) || d.IsZero() {
			t.Errorf("%+v", line)
		}
		if (line.Reason == "added") != (line.FormulaBefore == nil) || (line.Reason == "removed") != (line.FormulaAfter == nil) {
			t.Errorf("%+v", line)
		}
		sum = sum.Add(d)
	}
	if sum.StringFixed(2) != got.Difference || got.Difference == "0.00" {
		t.Errorf("the lines differ by %s, the total by %s", sum, got.Difference)
	}
	wantHash(t, read(t, get(t, s, quotesAPI+"/"+q.ID)))
}

// TestQuoteOfAProductThatIsGone: a server without its price books shows the
// quote as ever, and says that it cannot be priced.
func TestQuoteOfAProductThatIsGone(t *testing.T) {
	store := newStore(t, filepath.Join(t.TempDir(), "quotes.db"))
	q := saveQuote(t, newServer(t, withStore(store)), threeItems)
	embedded, err := pricing.LoadCatalog(pricing.EmbeddedBooks())
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t, withStore(store), func(c *calc.Config) { c.Catalog = embedded })
	if got := getQuote(t, s, q.ID); got.Total != q.Total || got.Hash != q.Hash {
		t.Errorf("%+v", got)
	}
	got := today(t, s, q.ID)
	if rooms := got.Items[0]; got.Whole || !rooms.ProductGone || rooms.After != nil || rooms.SameBook {
		t.Errorf("%+v", got)
	}
	if got.After != "35988.00" || got.Items[1].After == nil {
		t.Errorf("%+v", got)
	}
	// What cannot be priced any more is not compared with what still can.
	if body := read(t, get(t, s, quotesAPI+"/"+q.ID+"/today")); got.Difference != "" || got.Items[0].Difference != "" || bytes.Count(body, []byte(`"difference":null`)) != 3 {
		t.Errorf("unlike things are compared: %s", body)
	}
}

// TestAnyQuoteSaysWhatTheEstimateSays: whatever is asked for, of every product
// and book, the quote has the same inputs and figures as the estimate, and its
// hash is that of what it says.
func TestAnyQuoteSaysWhatTheEstimateSays(t *testing.T) {
	t.Parallel()
	manyCases(t)
	s := newServer(t)
	products := newCatalog(t).Products()
	quoted := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		var items []string
		var want []quoteItemAnswer
		for range rapid.IntRange(1, 3).Draw(rt, "items") {
			_, book := anyBook(rt, products)
			u := anyUsage(rt, book)
			asked := requestOf(t, u)
			estimated := estimate(t, s, asked)
			option := rapid.SampledFrom(estimated.Options).Draw(rt, "option")
			item := quoteItemAnswer{
				Product: book.Product, PriceBook: book.ID, Option: option.ID, OptionName: option.Name, Months: estimated.Months, Currency: estimated.Currency,
				Total: option.Total, Monthly: option.Monthly, Prepaid: option.Prepaid, Postpaid: option.Postpaid, Complete: option.Complete, Lines: option.Lines,
				Quantity: rapid.Int64Range(1, quotes.MaxQuantity).Draw(rt, "quantity"),
			}
			asked = strings.TrimSuffix(asked, "}") + fmt.Sprintf(`,"option":%q,"quantity":%d}`, option.ID, item.Quantity)
			if !option.Feasible {
				p := wantProblem(t, postQuote(t, s, `{"items":[`+asked+`]}`), 422)
				if got := faultsOf(t, p); got != "items[0].option infeasible" {
					rt.Fatalf("%s: %s", asked, got)
				}
				continue
			}
			items, want = append(items, asked), append(want, item)
		}
		if len(items) == 0 {
			return
		}
		saved := saveQuote(t, s, `{"items":[`+strings.Join(items, ",")+`]}`)
		body := read(t, get(t, s, quotesAPI+"/"+saved.ID))
		wantHash(t, body)
		q := decode[quoteAnswer](t, body)
		total := decimal.Zero
		for i, got := range q.Items {
			amount := decimal.RequireFromString(want[i].Total).Mul(decimal.NewFromInt(want[i].Quantity))
			if got.Amount != amount.StringFixed(2) {
				rt.Fatalf("%s: amount %s, want %s", items[i], got.Amount, amount)
			}
			total = total.Add(amount)
			same := got
			same.Name, same.PriceBookHash, same.Recommended, same.Inputs, same.Amount, same.Exclusions = "", "", "", nil, "", nil
			if !reflect.DeepEqual(same, want[i]) {
				rt.Fatalf("%s:\n%+v, want\n%+v", items[i], same, want[i])
			}
			// The inputs, asked for again, are the same estimate.
			asked := decode[map[string]json.RawMessage](t, []byte(items[i]))
			again := estimate(t, s, fmt.Sprintf(`{"product":%q,"price_book":%q,"inputs":%s}`, got.Product, got.PriceBook, got.Inputs))
			once := estimate(t, s, fmt.Sprintf(`{"product":%q,"price_book":%q,"inputs":%s}`, got.Product, got.PriceBook, asked["inputs"]))
			if !reflect.DeepEqual(again, once) {
				rt.Fatalf("%s: the inputs of the quote are others: %s", items[i], got.Inputs)
			}
			var inputs map[string]json.RawMessage
			if err := json.Unmarshal(got.Inputs, &inputs); err != nil {
				rt.Fatal(err)
			}
			product, _ := newCatalog(t).Product(got.Product)
			if book, _ := product.Book(got.PriceBook); len(inputs) != len(book.Inputs) {
				rt.Fatalf("%d of %d inputs", len(inputs), len(book.Inputs))
			}
			quoted[got.Product]++
		}
		if q.Total != total.StringFixed(2) {
			rt.Fatalf("total %s, want %s", q.Total, total)
		}
	})
	for _, p := range products {
		if quoted[p.ID] == 0 {
			t.Errorf("no quote of %s", p.ID)
		}
	}
}

// TestManyItemsAreRefusedCheaply: a body of a mebibyte of items is no work.
func TestManyItemsAreRefusedCheaply(t *testing.T) {
	s := newServer(t)
	const item = `{"product":"tencent-trtc"},`
	body := `{"items":[` + strings.Repeat(item, (1<<20-100)/len(item)) + `{"product":"tencent-trtc"}]}`
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	r := request(http.MethodPost, quotesAPI, body, "Content-Type", "application/json").WithContext(ctx)
	p := wantProblem(t, send(t, s, r), 422)
	if got := faultsOf(t, p); got != "items too_many_items" || ctx.Err() != nil {
		t.Errorf("%s, %v", got, ctx.Err())
	}
}
