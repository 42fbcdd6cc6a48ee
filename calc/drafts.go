package calc

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"suanpan/calc/quotes"
	"suanpan/calc/wording"
	"suanpan/pricing"
	"suanpan/views"
)

// draftName is the field of a draft's name, where there are several drafts.
const draftName = "draft_name"

// desk is the draft that a request is about, among those of its browser.
type desk struct {
	drawer *quotes.Drawer
	// id is that of the draft, and key what it is kept under.
	id  string
	key quotes.Browser
}

// address is where the draft is: where there is no other, in the plain place.
func (d *desk) address() string {
	if d.drawer.Single() {
		return draftPath
	}
	return draftPath + "/" + d.id
}

// noDraft says that the browser has no draft of that address.
var noDraft = pricing.Text{
	EN: "This browser has no such draft. It may have been deleted.",
	ZH: "当前浏览器没有这份草稿，可能已被删除。",
}

// desk returns the draft that the address of a request names, or else the current
// one of the browser, which may be nil.
func (s *Server) desk(c echo.Context, b quotes.Browser) (*desk, error) {
	drawer, _, err := s.drawer(c.Request().Context(), b)
	if err != nil {
		return nil, err
	}
	id := c.Param("draft")
	if id == "" {
		id = drawer.Current
	}
	if !drawer.Has(id) {
		c.Set(backKey, views.Link{Href: draftPath, Text: views.DraftWordsIn(s.lang(c)).Draft})
		return nil, &requestError{status: http.StatusNotFound, detail: noDraft}
	}
	return &desk{drawer: drawer, id: id, key: b.Draft(id)}, nil
}

// deskIfAny returns the same as far as it can be known when the store does not
// answer: with the draft that the address names.
func (s *Server) deskIfAny(c echo.Context, b quotes.Browser) *desk {
	if d, err := s.desk(c, b); err == nil {
		return d
	}
	drawer := quotes.DecodeDrawer(nil)
	id := drawer.Current
	if named := c.Param("draft"); named != "" {
		id = named
		drawer.Drafts = []quotes.NamedDraft{{ID: named}}
	}
	return &desk{drawer: drawer, id: id, key: b.Draft(id)}
}

// drawer returns the drawer of a browser, which may be nil, and its version.
func (s *Server) drawer(ctx context.Context, b quotes.Browser) (*quotes.Drawer, int64, error) {
	if b == nil {
		return quotes.DecodeDrawer(nil), 0, nil
	}
	d, err := s.cfg.Quotes.Draft(ctx, b.Drawer())
	if err != nil {
		return nil, 0, err
	}
	return quotes.DecodeDrawer(d.Content), d.Version, nil
}

// changeDrawer changes the drawer of a browser, as changeSheet does a draft.
func (s *Server) changeDrawer(ctx context.Context, b quotes.Browser, change func(*quotes.Drawer) error) error {
	return s.again(func() error {
		drawer, version, err := s.drawer(ctx, b)
		if err != nil {
			return err
		}
		if err := change(drawer); err != nil {
			return err
		}
		drawer.Touched = quotes.Day(s.now())
		content, err := drawer.Encode()
		if err != nil {
			return err
		}
		return s.cfg.Quotes.PutDraft(ctx, b.Drawer(), content, version, s.now())
	})
}

// touch keeps the drawer as long as its drafts. The first one needs none.
func (s *Server) touch(c echo.Context, b quotes.Browser, d *desk) {
	if d.drawer.Single() || d.drawer.Touched == quotes.Day(s.now()) {
		return
	}
	if err := s.changeDrawer(c.Request().Context(), b, func(*quotes.Drawer) error { return nil }); err != nil {
		s.log(c).Warn("the drawer of drafts was not touched", "error", err)
	}
}

// errDrawerFull says that there are as many drafts as there may be.
var errDrawerFull = &requestError{status: http.StatusUnprocessableEntity, detail: pricing.Text{
	EN: views.DraftWordsIn(pricing.English).DrawerFull, ZH: views.DraftWordsIn(pricing.Chinese).DrawerFull,
}}

// newDraft adds a draft to those of a browser and makes it the current one.
// Without a name it gets one that no other has.
func (s *Server) newDraft(c echo.Context, b quotes.Browser, name string) (id string, err error) {
	w := views.DraftWordsIn(s.lang(c))
	err = s.changeDrawer(c.Request().Context(), b, func(drawer *quotes.Drawer) error {
		named := name
		taken := map[string]bool{}
		for _, d := range drawer.Drafts {
			taken[d.Name] = true
		}
		for n := 2; named == "" || name == "" && taken[named]; n++ {
			named = wording.Fill(w.DraftNumber, strconv.Itoa(n))
		}
		var ok bool
		if id, ok = drawer.Add(named); !ok {
			return errDrawerFull
		}
		return nil
	})
	return id, err
}

// typeName gives the draft the name that was typed, if it is another one.
func (s *Server) typeName(ctx context.Context, b quotes.Browser, d *desk, form url.Values) error {
	typed := clean(form.Get(draftName))
	if !form.Has(draftName) || typed == d.drawer.Name(d.id) {
		return nil
	}
	return s.changeDrawer(ctx, b, func(drawer *quotes.Drawer) error {
		drawer.Rename(d.id, typed)
		*d.drawer = *drawer
		return nil
	})
}

// another goes on with another draft: one there is, or a new one.
func (s *Server) another(c echo.Context, b quotes.Browser, verb, id string) error {
	place := views.DraftTop
	if verb == "new" {
		var err error
		if id, err = s.newDraft(c, b, ""); err != nil {
			return err
		}
		place = draftName
	} else if err := s.changeDrawer(c.Request().Context(), b, func(drawer *quotes.Drawer) error {
		if drawer.Has(id) {
			drawer.Current = id
		}
		return nil
	}); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, s.inSameLang(c, draftPath+"/"+url.PathEscape(id))+"#"+place)
}

// holder returns the draft that an item is to be put into: the one that has it
// already, or else the current one.
func (s *Server) holder(ctx context.Context, b quotes.Browser, item string) (*desk, error) {
	drawer, _, err := s.drawer(ctx, b)
	if err != nil {
		return nil, err
	}
	current := &desk{drawer: drawer, id: drawer.Current, key: b.Draft(drawer.Current)}
	if item == "" || drawer.Single() {
		return current, nil
	}
	for _, d := range append([]quotes.NamedDraft{{ID: drawer.Current}}, drawer.Drafts...) {
		sheet, _, err := s.sheet(ctx, b.Draft(d.ID))
		if err != nil {
			return nil, err
		}
		if sheet.Has(item) {
			return &desk{drawer: drawer, id: d.ID, key: b.Draft(d.ID)}, nil
		}
	}
	return current, nil
}

// askDelete asks whether a draft is to be deleted.
func (s *Server) askDelete(c echo.Context) error {
	b := s.knownBrowser(c)
	d, err := s.desk(c, b)
	if err != nil {
		return err
	}
	sheet, _, err := s.sheet(c.Request().Context(), d.key)
	if err != nil {
		return err
	}
	draftHeaders(c)
	return render(c, http.StatusOK, views.QuoteQuestionPage(views.NewDeleteQuestion(s.visit(c, false), d.drawer, d.id, sheet)))
}

// deleteDraft deletes a draft. The form was asked for and answered.
func (s *Server) deleteDraft(c echo.Context) error {
	if _, err := readForm(c); err != nil {
		return err
	}
	ctx, b := c.Request().Context(), s.browser(c)
	d, err := s.desk(c, b)
	if err != nil {
		return err
	}
	err = s.again(func() error {
		kept, err := s.cfg.Quotes.Draft(ctx, d.key)
		if err != nil || kept.Version == 0 {
			return err
		}
		return s.cfg.Quotes.PutDraft(ctx, d.key, nil, kept.Version, s.now())
	})
	if err != nil {
		return err
	}
	if err := s.changeDrawer(ctx, b, func(drawer *quotes.Drawer) error {
		drawer.Remove(d.id)
		return nil
	}); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, s.inSameLang(c, draftPath))
}
