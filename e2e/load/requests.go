package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// products is what is known of the products, from the API alone.
type products struct {
	all []product
	// smallest is the calculator of the one with the fewest inputs of those with
	// daily users, which a visitor types into, and typed are calculators to type
	// into.
	smallest string
	typed    []typedPage
}

type product struct {
	ID     string  `json:"id"`
	Inputs []input `json:"inputs"`
}

type input struct {
	ID      string  `json:"id"`
	Kind    string  `json:"kind"`
	Maximum string  `json:"maximum"`
	Choices []named `json:"choices"`
	Fields  []input `json:"fields"`
}

type named struct {
	ID string `json:"id"`
}

// typedPage is a calculator and the count that is typed into it.
type typedPage struct{ path, input string }

func (p typedPage) form(n int) string { return fmt.Sprintf("%s=%d&months=12", p.input, 1000+n) }

// learn asks the API for the products.
func learn(base string) (*products, error) {
	var list struct {
		Products []product `json:"products"`
	}
	if err := read(base+"/api/v1/products", &list); err != nil {
		return nil, err
	}
	d := &products{}
	fewest := 0
	for _, p := range list.Products {
		if err := read(base+"/api/v1/products/"+p.ID, &p); err != nil {
			return nil, err
		}
		d.all = append(d.all, p)
		i := slices.IndexFunc(p.Inputs, func(in input) bool { return in.Kind == "count" && in.ID != "months" })
		if i < 0 {
			continue
		}
		d.typed = append(d.typed, typedPage{"/calc/" + p.ID, p.Inputs[i].ID})
		if p.Inputs[i].ID == "dau" && (d.smallest == "" || len(p.Inputs) < fewest) {
			d.smallest, fewest = "/calc/"+p.ID, len(p.Inputs)
		}
	}
	return d, nil
}

func read(url string, into any) error {
	res, err := http.Get(url)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, res.Status)
	}
	return json.NewDecoder(res.Body).Decode(into)
}

// maxRows is how many rows an input takes, and maxItems how many items a quote.
const (
	maxRows  = 50
	maxItems = 20
)

// value returns a large value of an input, as a form and as the API has it.
func (in *input) value(row int) (string, any) {
	switch in.Kind {
	case "count":
		n := "123457"
		if m, err := strconv.ParseInt(in.Maximum, 10, 64); err == nil && m < 123457 {
			n = in.Maximum
		}
		return n, n
	case "yes_no":
		return "yes", true
	default:
		id := in.Choices[row%len(in.Choices)].ID
		return id, id
	}
}

// everything states all inputs of a product, with as many rows as there can be:
// as the address of a page, and as inputs of the API.
func (p *product) everything() (query string, inputs map[string]any) {
	q, inputs := url.Values{}, map[string]any{}
	for i := range p.Inputs {
		in := &p.Inputs[i]
		switch in.Kind {
		case "choices":
			var ids []string
			for _, c := range in.Choices {
				ids = append(ids, c.ID)
			}
			q[in.ID], inputs[in.ID] = ids, ids
		case "rows":
			rows := make([]map[string]any, maxRows)
			for r := range rows {
				rows[r] = map[string]any{}
				for j := range in.Fields {
					f := &in.Fields[j]
					text, value := f.value(r)
					q.Set(fmt.Sprintf("%s.%d.%s", in.ID, r, f.ID), text)
					rows[r][f.ID] = value
				}
			}
			inputs[in.ID] = rows
		default:
			text, value := in.value(len(in.Choices) - 1)
			q.Set(in.ID, text)
			inputs[in.ID] = value
		}
	}
	return q.Encode(), inputs
}

// driver returns a count that can grow.
func (p *product) driver() string {
	for _, in := range p.Inputs {
		if in.Kind == "count" && in.ID != "months" {
			return in.ID
		}
	}
	return ""
}

func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps and strings
	}
	return string(b)
}

// dearest returns the dearest request of every route.
func (d *products) dearest(base string) ([]request, error) {
	out := []request{get("start page", "/"), get("comparison", "/compare")}
	var items []any
	var columns []any
	for i := range d.all {
		p := &d.all[i]
		query, inputs := p.everything()
		page := "/calc/" + p.ID
		if p.rows() || len(p.Inputs) > 40 {
			out = append(out,
				get(p.ID+" page", page+"?"+query), live(p.ID+" live answer", page, query), get(p.ID+" outlook", page+"/outlook?"+query),
				get(p.ID+" workbook", page+"/estimate.xlsx?"+query),
				post(p.ID+" estimate", "/api/v1/estimates", text(map[string]any{"product": p.ID, "inputs": inputs})),
			)
			if over := p.driver(); over != "" {
				forecast, err := settled(base, page+"/forecast?"+query+"&over="+over+"&horizon=36")
				if err != nil {
					return nil, err
				}
				out = append(out,
					get(p.ID+" forecast page", forecast),
					post(p.ID+" curves", "/api/v1/curves", text(map[string]any{"product": p.ID, "inputs": inputs, "over": over, "points": 500})),
				)
				delete(inputs, "months")
				out = append(out, post(p.ID+" forecast", "/api/v1/forecasts", text(map[string]any{
					"product": p.ID, "inputs": inputs, "over": over, "months": 36, "growth": map[string]string{"low": "1", "expected": "5", "high": "20"},
				})))
			}
		}
		if _, inputs := p.everything(); served(base, p.ID, inputs) {
			items = append(items, map[string]any{"product": p.ID, "inputs": inputs})
		}
		columns = append(columns, map[string]any{"product": p.ID})
	}
	out = append(out, post("comparison by the API", "/api/v1/compare", text(map[string]any{"products": columns, "inputs": map[string]string{"months": "12"}})))
	for n := 0; len(items) < maxItems; n++ {
		items = append(items, items[n])
	}
	quote := post("quote", "/api/v1/quotes", text(map[string]any{"items": items}))
	path, err := saved(base, quote)
	if err != nil {
		return nil, err
	}
	return append(out, quote,
		get("quote page", path), get("quote workbook", path+".xlsx"), get("quote at today's prices", path+"/today"), get("draft", "/draft"), get("quotes", "/quotes"),
	), nil
}

func (p *product) rows() bool {
	return slices.ContainsFunc(p.Inputs, func(in input) bool { return in.Kind == "rows" })
}

// served reports whether a plan serves all of the inputs.
func served(base, product string, inputs map[string]any) bool {
	var estimate struct {
		Recommended *string `json:"recommended"`
	}
	r := post("", "/api/v1/estimates", text(map[string]any{"product": product, "inputs": inputs}))
	res, err := r.send(context.Background(), client(1), base)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	return res.StatusCode == http.StatusOK && json.NewDecoder(res.Body).Decode(&estimate) == nil && estimate.Recommended != nil
}

// saved saves a quote and returns the path of its page.
func saved(base string, quote request) (string, error) {
	r, err := http.NewRequest(quote.method, base+quote.path, strings.NewReader(quote.body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", quote.kind)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return "", err
	}
	var q struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(body, &q); err != nil || q.ID == "" {
		return "", fmt.Errorf("saving a quote: %s %.300s", res.Status, body)
	}
	return "/q/" + q.ID, nil
}

// settled returns the canonical form of an address, to which the program leads.
func settled(base, path string) (string, error) {
	res, err := client(1).Get(base + path)
	if err != nil {
		return "", err
	}
	res.Body.Close()
	if to := res.Header.Get("Location"); to != "" {
		return strings.TrimPrefix(to, base), nil
	}
	return path, nil
}

// floors are the least shares of the pages that are visited most.
func (d *products) floors(base string) ([]floor, error) {
	large := slices.IndexFunc(d.all, func(p product) bool { return len(p.Inputs) > 40 })
	if large < 0 || d.smallest == "" {
		return nil, fmt.Errorf("no product with so many inputs, or none with daily users")
	}
	p := &d.all[large]
	query, _ := p.everything()
	page := "/calc/" + p.ID
	small := strings.TrimPrefix(d.smallest, "/calc/")
	quote, err := saved(base, post("", "/api/v1/quotes", text(map[string]any{"items": []any{map[string]any{"product": small, "inputs": map[string]string{"dau": "15000", "months": "12"}}}})))
	if err != nil {
		return nil, err
	}
	forecast, err := settled(base, page+"/forecast?"+query+"&over="+p.driver()+"&horizon=12")
	if err != nil {
		return nil, err
	}
	return []floor{
		{live("live answer, "+small, d.smallest, "dau=15000&history_days=90&months=12"), 0.25},
		{get("page, "+small, d.smallest+"?dau=15000&history_days=90&months=12"), 0.08},
		{get("page, "+p.ID, page+"?"+query), 0.02},
		{get("outlook, "+p.ID, page+"/outlook?"+query), 0.03},
		{get("forecast, "+p.ID, forecast), 0.012},
		{get("quote page", quote), 0.06},
		{get("start page", "/"), 0.15},
	}, nil
}
