package pricing

import "testing"

func TestSmoke(t *testing.T) {
	c, err := LoadCatalog(EmbeddedBooks())
	if err != nil {
		t.Fatal(err)
	}
	p, _ := c.Product("tencent-im")
	b := p.Newest()
	u := b.NewUsage()
	for id, v := range map[string]string{"dau": "15000", "history_days": "90", "months": "12"} {
		in, _ := b.Input(id)
		if err := u.SetCount(in, v); err != nil {
			t.Fatal(err)
		}
	}
	e := u.Estimate()
	for _, o := range e.Options {
		t.Log(o.Option.ID, o.Feasible, o.Total, o.Monthly, o.Prepaid, o.Postpaid)
		for _, l := range o.Lines {
			t.Log("   ", l.ID(), l.Name.EN, l.Formula, l.Amount, l.Quantity, l.Unit().EN)
		}
		for _, v := range o.Violations {
			t.Log("   ", v.Input.ID, v.Limit, v.Message)
		}
	}
}
