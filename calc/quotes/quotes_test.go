package quotes_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"suanpan/calc/quotes"
	"suanpan/calc/wire"
	"suanpan/pricing"
)

var loadCatalog = sync.OnceValues(func() (*pricing.Catalog, error) {
	return pricing.LoadCatalog(pricing.EmbeddedBooks(), os.DirFS("../../testdata/books"))
})

func catalog(t testing.TB) *pricing.Catalog {
	t.Helper()
	c, err := loadCatalog()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// morning is a time at which it is another day in China than in Greenwich.
var morning = time.Date(2026, 11, 22, 17, 30, 0, 0, time.UTC)

// usage reads inputs as those of a product's price book.
func usage(t testing.TB, product, book, inputs string) *pricing.Usage {
	t.Helper()
	return usageIn(t, catalog(t), product, book, inputs)
}

// usageIn reads inputs as those of a product's price book in a catalog.
func usageIn(t testing.TB, c *pricing.Catalog, product, book, inputs string) *pricing.Usage {
	t.Helper()
	p, ok := c.Product(product)
	if !ok {
		t.Fatalf("no product %s", product)
	}
	b, ok := p.Book(book)
	if !ok {
		t.Fatalf("no book %s of %s", book, product)
	}
	u, faults, err := wire.DecodeUsage([]byte(inputs), b)
	if err != nil || len(faults) > 0 {
		t.Fatalf("%s: %v %v", inputs, faults, err)
	}
	return u
}

func mustJSON(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

// order is a quote for items in English, valid for 30 days.
func order(items ...quotes.OrderItem) *quotes.Order {
	return &quotes.Order{Title: "Chat", Customer: "Bay Harbour", ValidDays: 30, Lang: pricing.English, Items: items}
}

func freeze(t testing.TB, o *quotes.Order, id string) *quotes.Document {
	t.Helper()
	p, faults := o.Price()
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return p.Freeze(id, morning)
}

// record is what a store keeps of a document.
func record(t testing.TB, d *quotes.Document) *quotes.Record {
	t.Helper()
	text, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return &quotes.Record{
		ID: d.ID, Document: text, Hash: quotes.Hash(text), Owner: quotes.HashSecret("s"), CreatedAt: morning,
		ValidUntil: d.ValidUntil, Revises: d.Revises, Listing: d.Listing(),
	}
}

func TestFrozenQuote(t *testing.T) {
	d := freeze(t, order(
		quotes.OrderItem{Usage: usage(t, "tencent-im", "2020-10-30", `{"dau":15000,"history_days":90,"months":12}`), Quantity: 3},
		quotes.OrderItem{Usage: usage(t, "inf-llm", "", `{"models":[{"model":"inf-chat-v1","input_tokens":"3000000"}]}`), Quantity: 1},
	), "id")
	// 3 × 35,988 + 30
	if d.Total != "107994.00" || d.Prepaid != "35964.00" || d.Postpaid != "72030.00" || d.Items[0].Amount != "107964.00" {
		t.Errorf("total %s, prepaid %s, postpaid %s, first item %s", d.Total, d.Prepaid, d.Postpaid, d.Items[0].Amount)
	}
	if d.CreatedAt != "2026-11-22T17:30:00Z" || d.ValidUntil != "2026-12-23" {
		t.Errorf("created %s, valid until %s", d.CreatedAt, d.ValidUntil)
	}
	im := &d.Items[0]
	if im.Option != "pro" || im.Recommended != "pro" || im.Months != 12 || len(im.Lines) != 3 || len(im.PriceBookHash) != 64 || len(im.Exclusions) == 0 {
		t.Errorf("%+v", im)
	}
	if line := im.Lines[1]; line.Formula != "⌈(15,000 − 10,000) ÷ 10,000⌉ × ¥1,000 × 12" || line.Source == "" || line.UnitPrice != "1000" {
		t.Errorf("%+v", line)
	}
	// Every input is in it, so that later defaults change nothing.
	if !strings.Contains(string(im.Inputs), `"live_days":"30"`) {
		t.Errorf("inputs %s", im.Inputs)
	}
}

func TestOrderAtFault(t *testing.T) {
	good := quotes.OrderItem{Usage: usage(t, "tencent-im", "", `{}`), Quantity: 1}
	many := make([]quotes.OrderItem, quotes.MaxItems+1)
	for i := range many {
		many[i] = good
	}
	cases := map[string]struct {
		order *quotes.Order
		want  string
	}{
		"nothing":           {&quotes.Order{ValidDays: 1}, "items no_items"},
		"too many":          {order(many...), "items too_many_items"},
		"days, quantity":    {&quotes.Order{ValidDays: 366, Items: []quotes.OrderItem{{Usage: good.Usage, Quantity: 0}}}, "valid_days out_of_range, items[0].quantity out_of_range"},
		"texts":             {&quotes.Order{Title: strings.Repeat("价", 201), Note: strings.Repeat("x", 5001), ValidDays: 1, Items: []quotes.OrderItem{good}}, "title too_long, note too_long"},
		"unknown option":    {order(good, quotes.OrderItem{Usage: good.Usage, Option: "platinum", Quantity: 1}), "items[1].option unknown_choice"},
		"infeasible option": {order(quotes.OrderItem{Usage: usage(t, "tencent-im", "", `{"dau":101}`), Option: "trial", Quantity: 1}), "items[0].option infeasible"},
		"nothing feasible":  {order(quotes.OrderItem{Usage: usage(t, "tencent-im", "", `{"group_members":9999}`), Quantity: 1}), "items[0].option infeasible"},
	}
	for name, c := range cases {
		p, faults := c.order.Price()
		var got []string
		for _, f := range faults {
			got = append(got, f.Input+" "+string(f.Code))
			if f.Message.EN == "" || f.Message.ZH == "" {
				t.Errorf("%s: %+v has no message", name, f)
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: there is a quote of it", name)
				}
			}()
			p.Freeze("id", morning)
		}()
	}
}

// TestPricedAtFault: what of an order can be priced is, and the rest has its
// faults.
func TestPricedAtFault(t *testing.T) {
	good := quotes.OrderItem{Usage: usage(t, "tencent-im", "", `{"dau":500}`), Quantity: 2}
	bad := quotes.OrderItem{Usage: good.Usage, Option: "trial", Quantity: 1}
	p, faults := order(good, bad, good).Price()
	if len(faults) != 1 || len(p.Items) != 3 || p.Items[1] != nil {
		t.Fatalf("%+v, %v", p.Items, faults)
	}
	for _, i := range []int{0, 2} {
		if item := p.Items[i]; item.Quoted.Option.ID != "pro" || item.Recommended.ID != "pro" || item.Amount.String() != "1998" || !item.Prepaid.Add(item.Postpaid).Equal(item.Amount) {
			t.Errorf("%+v", item)
		}
	}
}

func TestRecordIsOpenedOnlyAsItWasSaved(t *testing.T) {
	good := record(t, freeze(t, order(quotes.OrderItem{Usage: usage(t, "tencent-im", "", `{"dau":500}`), Quantity: 1}), "abc"))
	if d, err := good.Open(); err != nil || d.Total != "999.00" {
		t.Fatalf("%v, %v", d, err)
	}
	cheaper := []byte(strings.ReplaceAll(string(good.Document), "999", "99"))
	for name, damage := range map[string]func(r *quotes.Record){
		"a figure":           func(r *quotes.Record) { r.Document = cheaper },
		"a byte behind":      func(r *quotes.Record) { r.Document = append(r.Document[:len(r.Document):len(r.Document)], ' ') },
		"nothing there":      func(r *quotes.Record) { r.Document = nil },
		"the hash":           func(r *quotes.Record) { r.Hash = quotes.Hash(nil) },
		"another quote's":    func(r *quotes.Record) { r.ID = "abd" },
		"the validity":       func(r *quotes.Record) { r.ValidUntil = "2036-01-01" },
		"the predecessor":    func(r *quotes.Record) { r.Revises = "abb" },
		"the day":            func(r *quotes.Record) { r.CreatedAt = r.CreatedAt.AddDate(0, 0, -1) },
		"the listed total":   func(r *quotes.Record) { r.Total = "1.00" },
		"hashed, but no use": func(r *quotes.Record) { r.Document = []byte("{"); r.Hash = quotes.Hash(r.Document) },
	} {
		r := *good
		damage(&r)
		if d, err := r.Open(); !errors.Is(err, quotes.ErrDamaged) || d != nil {
			t.Errorf("%s: %v, %v", name, d, err)
		}
	}
	gone := *good
	gone.Document, gone.WithdrawnAt = nil, morning
	if _, err := gone.Open(); !errors.Is(err, quotes.ErrWithdrawn) {
		t.Error(err)
	}
	if !good.OwnedBy("s") || good.OwnedBy("S") || good.OwnedBy("") {
		t.Error("the owner's secret is not told from others")
	}
}

// TestNoText: what is no text in a form reads back as it was saved.
func TestNoText(t *testing.T) {
	o := order(quotes.OrderItem{Usage: usage(t, "tencent-im", "", `{}`), Quantity: 1})
	o.Title, o.Customer, o.Note = "\xff\x00", "a\xc3", "\xed\xa0\x80"
	if d, err := record(t, freeze(t, o, "abc")).Open(); err != nil || d.Title != "\uFFFD\x00" || d.Customer != "a\uFFFD" {
		t.Errorf("%v, %v", d, err)
	}
}

func TestStates(t *testing.T) {
	d := freeze(t, order(quotes.OrderItem{Usage: usage(t, "tencent-im", "", `{}`), Quantity: 1}), "abc")
	r := record(t, d)
	last := time.Date(2026, 12, 23, 15, 59, 59, 0, time.UTC) // a second before midnight in China
	for _, c := range []struct {
		at    time.Time
		state quotes.State
		left  int
	}{{morning, quotes.Valid, 30}, {last, quotes.Valid, 0}, {last.Add(time.Second), quotes.Expired, -1}} {
		left, err := d.DaysLeft(c.at)
		if err != nil || r.State(c.at) != c.state || left != c.left {
			t.Errorf("%v: %s, %d days left, %v", c.at, r.State(c.at), left, err)
		}
	}
	r.RevisedBy = "abd"
	if r.State(last) != quotes.Revised {
		t.Error(r.State(last))
	}
	r.WithdrawnAt = morning
	if r.State(last) != quotes.Withdrawn {
		t.Error(r.State(last))
	}
}

func TestCompareQuotes(t *testing.T) {
	im := func(inputs string, quantity int64) quotes.OrderItem {
		return quotes.OrderItem{Usage: usage(t, "tencent-im", "", inputs), Quantity: quantity}
	}
	llm := quotes.OrderItem{Usage: usage(t, "inf-llm", "", `{"models":[{"input_tokens":"1000000"}]}`), Quantity: 1}
	before := freeze(t, order(im(`{"dau":15000}`, 1), llm), "a")
	after := freeze(t, order(im(`{"dau":25000,"history_days":30}`, 2), im(`{"dau":500}`, 1)), "b")
	changes := quotes.Compare(before.Items, after.Items)
	if len(changes) != 3 || changes[1].Before != nil || changes[2].After != nil || changes[2].Before.Product != "inf-llm" {
		t.Fatalf("%+v", changes)
	}
	// (999 + 2000 + 500) × 2 − (999 + 1000)
	c := changes[0]
	if c.Difference.String() != "4999" || c.Same() {
		t.Errorf("difference %s", c.Difference)
	}
	var got []string
	for _, l := range c.Lines {
		got = append(got, l.ID+" "+reasons(l.Reasons)+" "+l.Difference.String())
	}
	if want := "plan times 999, dau_overage quantity+times 3000, history added 1000"; strings.Join(got, ", ") != want {
		t.Errorf("lines %v, want %s", got, want)
	}
	if len(c.Entries) != 2 || c.Entries[0].Before != "15,000 users a day" || c.Entries[0].After != "25,000 users a day" || c.Entries[1].Before != "" {
		t.Errorf("entries %+v", c.Entries)
	}
	for _, same := range quotes.Compare(before.Items, before.Items) {
		if !same.Same() {
			t.Errorf("%+v", same)
		}
	}
}

// TestOldQuoteAtTodaysPrices: the figures of a quote made with the prices of
// 2022 stay, and what has become of them is explained.
func TestOldQuoteAtTodaysPrices(t *testing.T) {
	old := order(
		quotes.OrderItem{Usage: usage(t, "easemob-im", "2022-09-13", `{"dau":82370,"months":12}`), Option: "pro", Quantity: 1},
		quotes.OrderItem{Usage: usage(t, "easemob-im", "2022-09-13", `{"friends_per_user":2000,"history_days":150}`), Option: "premium", Quantity: 2},
		quotes.OrderItem{Usage: usage(t, "tencent-im", "", `{"dau":500}`), Quantity: 1},
	)
	d, err := record(t, freeze(t, old, "abc")).Open()
	if err != nil {
		t.Fatal(err)
	}
	// 12 × (888 + 7 full blocks × 850)
	if d.Items[0].Total != "82056.00" || d.Items[1].Amount != "9776.00" {
		t.Errorf("%s, %s", d.Items[0].Total, d.Items[1].Amount)
	}
	now := quotes.AtToday(d, catalog(t))
	var because []string
	for _, l := range now.Items[0].Change.Lines {
		because = append(because, l.ID+" "+reasons(l.Reasons)+" "+l.PriceBefore+" "+l.PriceAfter)
	}
	// 12 × (1299 + 8 started blocks × 1000)
	if got := now.Items[0].Change.After.Total; got != "111588.00" || strings.Join(because, ", ") != "plan price 888 1299, dau_overage price+quantity 850 1000" {
		t.Errorf("today %s, because %v", got, because)
	}
	for _, l := range now.Items[1].Change.Lines {
		if l.Reasons[0] == quotes.PriceChanged {
			t.Errorf("%s: another plan's price is taken for a change of price", l.ID)
		}
	}
	if gone := now.Items[1]; !gone.OptionGone || gone.Change.After.Option != "pro" || gone.Change.After.Total != "1799.00" {
		t.Errorf("%+v", gone)
	}
	if same := now.Items[2]; !same.SameBook || !same.Change.Same() {
		t.Errorf("%+v", same)
	}
	if !now.Whole || !now.Difference.Equal(now.After.Sub(now.Before)) || now.Before.StringFixed(2) != d.Total {
		t.Errorf("%+v", now)
	}
}

// TestReorder: what a document was made from can be ordered again, and comes to
// the same.
func TestReorder(t *testing.T) {
	d := freeze(t, order(
		quotes.OrderItem{Usage: usage(t, "easemob-im", "2022-09-13", `{"dau":82370,"months":12}`), Quantity: 2},
		quotes.OrderItem{Usage: usage(t, "aliyun-multimodal", "", `{"workloads":[{"rounds":100000,"asr":"standard","intent":true}]}`), Option: "payg", Quantity: 1},
	), "abc")
	again, left := d.Reorder(catalog(t))
	if len(left) != 0 {
		t.Error(left)
	}
	same := freeze(t, again, "abc")
	was, _ := d.Encode()
	is, _ := same.Encode()
	if string(was) != string(is) {
		t.Errorf("%s\nbecame\n%s", was, is)
	}
}

func TestSheet(t *testing.T) {
	s := quotes.DecodeSheet([]byte("not a draft"))
	for _, query := range []string{"a", "b", "c"} {
		if !s.Put("", "p", query) {
			t.Fatal("no room")
		}
	}
	is := func(want string) {
		t.Helper()
		content, err := s.Encode()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		ids := map[string]bool{}
		for _, item := range quotes.DecodeSheet(content).Items {
			got = append(got, item.Product+item.Query+item.Quantity)
			ids[item.ID] = true
		}
		if strings.Join(got, " ") != want || len(ids) != len(got) {
			t.Errorf("%v with %d ids, want %s", got, len(ids), want)
		}
	}
	a, b, c := s.Items[0].ID, s.Items[1].ID, s.Items[2].ID
	s.Items[1].Quantity = "2"
	s.Move(c, -1)
	s.Move(a, -1) // has no place in front of it
	s.Move("none", 1)
	s.Duplicate(b)
	s.Put(c, "q", "C")
	is("pa1 qC1 pb2 pb2")
	s.Remove(a)
	is("qC1 pb2 pb2")
	s.Items[0].Quantity = "3"
	s.Undo()
	is("pa1 qC3 pb2 pb2")
	s.Undo() // there is nothing left to undo
	is("pa1 qC3 pb2 pb2")
	s.Remove(c)
	s.Remove(a)
	s.Remove("none")
	is("pb2 pb2")
	s.Undo()
	is("pa1 pb2 pb2")

	s.Title, s.Customer, s.PreparedBy, s.Revises = "title", "customer", "by", "other"
	key := s.Key
	s.Clear()
	is("")
	if s.Title+s.Customer+s.Revises != "" || s.PreparedBy != "by" || s.Key != key {
		t.Errorf("cleared, it is %+v", s)
	}
	s.Customer = "new"
	s.Undo()
	is("pa1 pb2 pb2")
	if s.Title != "title" || s.Customer != "new" || s.Revises != "other" {
		t.Errorf("undone, it is %+v", s)
	}

	// What has come since a draft was saved stays.
	content, err := s.Encode()
	if err != nil {
		t.Fatal(err)
	}
	saved := quotes.DecodeSheet(content)
	s.Put("", "r", "d")
	s.Put(a, "p", "A")
	s = s.After(saved, "id", []byte("seal"))
	is("pA1 rd1")
	if s.PreparedBy != "by" || s.Title+s.Revises != "" || s.Saved != "id" || s.SavedKey != key || s.Key == key || s.Key == "" || string(s.SavedSeal) != "seal" {
		t.Errorf("the next draft is %+v", s)
	}
	for len(s.Items) < quotes.MaxItems {
		s.Duplicate(a)
	}
	if s.Duplicate(a) || s.Put("", "p", "x") || !s.Put(a, "p", "x") {
		t.Error("a full draft takes more, or cannot be changed")
	}
}

func TestSealedSecret(t *testing.T) {
	k, err := quotes.NewKey("order 1", []byte("{}"), "secret")
	if err != nil {
		t.Fatal(err)
	}
	same, err := quotes.NewKey("order 1", []byte("{}"), "other")
	if err != nil || string(k.Hash) != string(same.Hash) || string(k.Request) != string(same.Request) {
		t.Error("the same key and request hash otherwise", err)
	}
	if secret, err := quotes.OpenSealed("order 1", k.Sealed); err != nil || secret != "secret" {
		t.Errorf("%q, %v", secret, err)
	}
	for _, sealed := range [][]byte{nil, k.Sealed[:5], k.Sealed[:len(k.Sealed)-1]} {
		if _, err := quotes.OpenSealed("order 1", sealed); !errors.Is(err, quotes.ErrDamaged) {
			t.Errorf("%x: %v", sealed, err)
		}
	}
	if _, err := quotes.OpenSealed("order 2", k.Sealed); !errors.Is(err, quotes.ErrDamaged) {
		t.Error("another key opens it", err)
	}
}

// TestPriceBookGone: inputs of a price book that is gone are left out of others
// if anything was stated for them.
func TestPriceBookGone(t *testing.T) {
	d := freeze(t, order(quotes.OrderItem{Usage: usage(t, "easemob-im", "2026-03-23", `{"dau":500,"presence":true,"speech_to_text_messages":9,"months":2}`), Quantity: 1}), "abc")
	d.Items[0].PriceBook = "2026-03-24"
	p, _ := catalog(t).Product("easemob-im")
	older, _ := p.Book("2022-09-13")
	u, left := d.Items[0].Usage(p, older)
	dau, _ := older.Input("dau")
	if u.Count(dau) != 500 || u.Months() != 2 || strings.Join(left, " ") != "presence speech_to_text_messages" {
		t.Errorf("%d users, %d months, without %v", u.Count(dau), u.Months(), left)
	}
}
