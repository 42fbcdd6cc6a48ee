package calc

import (
	"net/http"
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics count what the server does. Their labels are routes, operations and
// statuses, of which there are as many as the program has: never an address, a
// query string or anything else that a visitor makes up.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	// Of the store: how long its operations take, and how often they fail.
	storeSeconds  *prometheus.HistogramVec
	storeFailures *prometheus.CounterVec
	saved         *prometheus.CounterVec
}

func newMetrics(version string) *metrics {
	buckets := []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "suanpan_requests_total", Help: "Requests answered, by route, method and status.",
		}, []string{"route", "method", "status"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "suanpan_request_seconds", Help: "Time to answer a request, by route and class of status.", Buckets: buckets,
		}, []string{"route", "class"}),
		storeSeconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "suanpan_store_seconds", Help: "Time that the store of quotes and drafts takes, by operation.", Buckets: buckets,
		}, []string{"operation"}),
		storeFailures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "suanpan_store_failures_total", Help: "What the store could not do because it was not available, by operation.",
		}, []string{"operation"}),
		saved: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "suanpan_saved_total", Help: "Quotes and changes of drafts that were saved.",
		}, []string{"what"}),
	}
	build := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "suanpan_build_info", Help: "1, with the release of the program.",
		ConstLabels: prometheus.Labels{"version": version, "goversion": runtime.Version()},
	}, func() float64 { return 1 })
	m.registry.MustRegister(m.requests, m.seconds, m.storeSeconds, m.storeFailures, m.saved, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, operation := range storeOperations {
		m.storeFailures.WithLabelValues(operation) // a failure that never was is 0, not missing
	}
	return m
}

// gauge adds a figure that is found when it is asked for.
func (m *metrics) gauge(name, help string, labels prometheus.Labels, value func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help, ConstLabels: labels}, value))
}

// watch adds how full the lanes of a gate are.
func (m *metrics) watch(g *gate) {
	for name, l := range map[string]*lane{"live": g.live, "light": g.light, "dear": g.dear, "reading": g.reading, "saving": g.saving} {
		labels := prometheus.Labels{"lane": name}
		m.gauge("suanpan_gate_computing", "Requests that compute, by lane.", labels, func() float64 { return float64(len(l.places)) })
		m.gauge("suanpan_gate_waiting", "Requests that wait for a place to compute, by lane.", labels, func() float64 { return float64(len(l.queue)) })
	}
}

// spends adds how much of a budget is used up.
func (m *metrics) spends(b *budget) {
	m.gauge("suanpan_budget_bytes", "Bytes that one network may have kept on a day.", nil, func() float64 { return float64(b.most) })
	m.gauge("suanpan_budget_spent_bytes", "Bytes that the network which had most kept today has had kept.", nil, func() float64 { return float64(b.largest()) })
}

// answered counts a request.
func (m *metrics) answered(route, method string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.seconds.WithLabelValues(route, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
