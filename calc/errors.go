package calc

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"suanpan/calc/quotes"
	"suanpan/calc/wire"
	"suanpan/pricing"
	"suanpan/views"
)

// requestError is the error of a request that is at fault, or that cannot be
// answered now. It has no text of anything internal.
type requestError struct {
	status int
	detail pricing.Text
	faults []*pricing.InputError
	// wait is after how many seconds it is worth trying again, where that is known.
	wait string
	// withdrawn is what is left of the quote that was asked for.
	withdrawn *wire.WithdrawnQuote
	// lang is the language the request asked for in its body, if it did.
	lang pricing.Lang
}

// plainError returns the error of a status of which no more is to be said.
func plainError(status int) *requestError {
	return &requestError{status: status, detail: statuses[status].detail}
}

// Error returns the detail in English.
func (e *requestError) Error() string { return e.detail.EN }

// What is said of the errors that come from more than one place.
var (
	crossOrigin = pricing.Text{
		EN: "Another site sent this request. Open the calculator itself and try again.",
		ZH: "这个请求来自其他网站，请直接打开计算器再试。",
	}
	tooMany = pricing.Text{
		EN: "Too many requests from this address. Wait a moment and try again.",
		ZH: "来自该地址的请求太频繁，请稍候再试。",
	}
	busy = pricing.Text{
		EN: "So much is being computed right now that this would take too long. Try again in a moment.",
		ZH: "当前计算任务较多，一时难以完成，请稍候再试。",
	}
	tooLarge = pricing.Text{
		EN: "The request is larger than what is read here.",
		ZH: "请求内容过大，超出可接受的范围。",
	}
	noProduct = pricing.Text{
		EN: "There is no such product.",
		ZH: "没有这个产品。",
	}
	noPriceBook = pricing.Text{
		EN: "This product has no such price book.",
		ZH: "该产品没有这一份价格。",
	}
	inputsAtFault = pricing.Text{
		EN: "Some inputs are at fault.",
		ZH: "部分输入项有误。",
	}
	notUnderstood = pricing.Text{
		EN: "Part of this address was not understood. Open it in the calculator, which says what.",
		ZH: "这个地址有一部分没能读懂。请在计算器中打开，查看是哪一部分。",
	}
	noQuote = pricing.Text{
		EN: "There is no such quote. The link may be cut off or mistyped.",
		ZH: "没有这份报价，链接可能不完整或有误。",
	}
	withdrawn = pricing.Text{
		EN: "This quote was withdrawn by whoever made it.",
		ZH: "这份报价已由报价人撤回。",
	}
	alreadyRevised = pricing.Text{
		EN: "This quote was revised already. Revise the newer one.",
		ZH: "这份报价已有修订版，请在新版上修订。",
	}
	keyReused = pricing.Text{
		EN: "This Idempotency-Key was used for another request.",
		ZH: "这个 Idempotency-Key 已用于另一个请求。",
	}
	draftChanged = pricing.Text{
		EN: "The draft was changed in another window. Try again.",
		ZH: "草稿正在其他窗口中修改，请重试。",
	}
	damaged = pricing.Text{
		EN: "What is stored of this quote is not what was saved: its hash does not match. It is not shown.",
		ZH: "这份报价的存储内容与保存时不一致（哈希校验未通过），因此不予显示。",
	}
	notKept = pricing.Text{
		EN: "Quotes can be neither saved nor opened right now. The calculators go on working; try again in a moment.",
		ZH: "报价暂时无法保存或打开；计算器不受影响，请稍候再试。",
	}
	notOwner = pricing.Text{
		EN: "Only whoever made the quote can do this: the owner's secret is missing or wrong.",
		ZH: "只有报价人可以这样做：缺少报价人密钥，或密钥不正确。",
	}
	noLanguage = pricing.Text{
		EN: "lang is en or zh.",
		ZH: "lang 只能是 en 或 zh。",
	}
)

// statuses say what a status means, where no more is known.
var statuses = map[int]struct{ title, detail pricing.Text }{
	http.StatusBadRequest: {
		pricing.Text{EN: "The request is malformed", ZH: "请求格式不正确"},
		pricing.Text{EN: "The request could not be read.", ZH: "无法读取该请求。"},
	},
	http.StatusForbidden: {
		pricing.Text{EN: "The request is refused", ZH: "请求被拒绝"}, crossOrigin,
	},
	http.StatusNotFound: {
		pricing.Text{EN: "There is nothing here", ZH: "找不到页面"},
		pricing.Text{EN: "The address may be mistyped, or what it led to is gone.", ZH: "地址可能有误，或者内容已不存在。"},
	},
	http.StatusConflict: {
		pricing.Text{EN: "Something changed meanwhile", ZH: "内容已有变化"}, draftChanged,
	},
	http.StatusGone: {
		pricing.Text{EN: "The quote was withdrawn", ZH: "报价已撤回"}, withdrawn,
	},
	http.StatusMethodNotAllowed: {
		pricing.Text{EN: "The method is not allowed", ZH: "不支持该请求方法"},
		pricing.Text{EN: "This address does not answer that kind of request.", ZH: "该地址不接受这种请求。"},
	},
	http.StatusRequestEntityTooLarge: {
		pricing.Text{EN: "The request is too large", ZH: "请求内容过大"}, tooLarge,
	},
	http.StatusUnsupportedMediaType: {
		pricing.Text{EN: "The content type is not supported", ZH: "不支持的内容类型"},
		pricing.Text{EN: "Send JSON as application/json, a form as application/x-www-form-urlencoded.", ZH: "JSON 请以 application/json 发送，表单请以 application/x-www-form-urlencoded 发送。"},
	},
	http.StatusUnprocessableEntity: {
		pricing.Text{EN: "The inputs are at fault", ZH: "输入内容有误"}, inputsAtFault,
	},
	http.StatusTooManyRequests: {
		pricing.Text{EN: "Too many requests", ZH: "请求太频繁"}, tooMany,
	},
	http.StatusServiceUnavailable: {
		pricing.Text{EN: "The service is not available", ZH: "服务暂不可用"},
		pricing.Text{EN: "Try again in a moment.", ZH: "请稍候再试。"},
	},
	http.StatusInternalServerError: {
		pricing.Text{EN: "Something went wrong here", ZH: "服务器出错"},
		pricing.Text{EN: "The error has been recorded. Trying again may help.", ZH: "错误已被记录，可以重试。"},
	},
}

// tooLargeFor says that a body is over a limit, which is a whole number of KiB.
func tooLargeFor(limit int64) pricing.Text {
	size := strconv.FormatInt(limit>>10, 10) + " KiB"
	if limit >= 1<<20 {
		size = strconv.FormatInt(limit>>20, 10) + " MiB"
	}
	return pricing.Text{EN: "The request is larger than " + size + ".", ZH: "请求内容超过 " + size + "。"}
}

// asRequestError returns the error to answer with: an unknown one is an
// internal error, of which nothing is said.
func asRequestError(err error) *requestError {
	var request *requestError
	var malformed *wire.Malformed
	var framework *echo.HTTPError
	var tooLong *http.MaxBytesError
	switch {
	case errors.Is(err, quotes.ErrNotFound):
		return &requestError{status: http.StatusNotFound, detail: noQuote}
	case errors.Is(err, quotes.ErrWithdrawn):
		return plainError(http.StatusGone)
	case errors.Is(err, quotes.ErrRevised):
		return &requestError{status: http.StatusConflict, detail: alreadyRevised}
	case errors.Is(err, quotes.ErrConflict):
		return plainError(http.StatusConflict)
	case errors.Is(err, quotes.ErrKeyReused):
		return &requestError{status: http.StatusUnprocessableEntity, detail: keyReused}
	case errors.Is(err, quotes.ErrDamaged):
		return &requestError{status: http.StatusInternalServerError, detail: damaged}
	case errors.Is(err, quotes.ErrUnavailable):
		return &requestError{status: http.StatusServiceUnavailable, detail: notKept}
	case errors.Is(err, errBusy), errors.Is(err, context.DeadlineExceeded):
		return &requestError{status: http.StatusServiceUnavailable, detail: busy}
	case errors.As(err, &tooLong):
		return &requestError{status: http.StatusRequestEntityTooLarge, detail: tooLargeFor(tooLong.Limit)}
	case errors.As(err, &request):
		return request
	case errors.As(err, &malformed):
		return &requestError{status: http.StatusBadRequest, detail: pricing.Text{EN: malformed.Reason, ZH: malformed.Reason}}
	case errors.As(err, &framework):
		if _, ok := statuses[framework.Code]; ok {
			return plainError(framework.Code)
		}
	}
	return plainError(http.StatusInternalServerError)
}

// retryAfter is after how many seconds it is worth trying again.
const retryAfter = "5"

// answerError is the one place where errors become answers: problem+json for
// the API, a page for everything else.
func (s *Server) answerError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	e := asRequestError(err)
	if errors.Is(err, quotes.ErrDamaged) {
		err = quotes.ErrDamaged // what else it says names the quote, and who has its id can read it
	}
	if e.status >= http.StatusInternalServerError && !errors.Is(err, errBusy) {
		s.log(c).Error("request failed", "error", err)
	}
	l := s.lang(c)
	if e.lang != "" {
		l = e.lang
	}
	title := statuses[e.status].title.In(l)
	c.Response().Header().Set("Cache-Control", "no-store")
	if e.wait != "" || e.status == http.StatusServiceUnavailable {
		c.Response().Header().Set("Retry-After", cmp.Or(e.wait, retryAfter))
	}
	// The time limit on the request ends with its handler. The answer to an
	// error is written after that, often because of it.
	r := c.Request()
	c.SetRequest(r.WithContext(context.WithoutCancel(r.Context())))
	var failed error
	switch {
	case r.URL.Path == "/api", strings.HasPrefix(r.URL.Path, "/api/"):
		failed = writeProblem(c, e, title, l)
	default:
		page := views.NewError(s.visit(c, false), strconv.Itoa(e.status), title, e.detail.In(l), requestID(c), s.back(c, l))
		failed = render(c, e.status, views.ErrorPage(page))
	}
	if failed != nil {
		s.log(c).Error("answering an error failed", "error", failed)
		if !c.Response().Committed {
			c.Response().WriteHeader(http.StatusInternalServerError)
		}
	}
}

func writeProblem(c echo.Context, e *requestError, title string, l pricing.Lang) error {
	size, _ := c.Get(sizeKey).(int)
	body, err := wire.EncodeProblem(&wire.Problem{
		Type: "about:blank", Title: title, Status: e.status, Detail: e.detail.In(l),
		RequestID: requestID(c), WithdrawnQuote: e.withdrawn,
	}, e.faults, l, size)
	if err != nil {
		return err
	}
	return c.Blob(e.status, "application/problem+json", body)
}

// backKey is the name in the request's context of the link that an error page
// leads back by.
const backKey = "back"

// back returns where an error page leads: where the handler says, or to the
// calculator of the product, if the address names one.
func (s *Server) back(c echo.Context, l pricing.Lang) views.Link {
	if link, ok := c.Get(backKey).(views.Link); ok {
		return link
	}
	p, ok := s.cfg.Catalog.Product(c.Param("product"))
	if !ok {
		return views.Link{}
	}
	return views.Link{Href: "/calc/" + p.ID, Text: p.Newest().Name.In(l)}
}
