// Package metrics holds what Newsdesk counts, and serves it: /metrics in
// Prometheus' text form, and /healthz, which says whether the program does its
// work. All names stand in this file.
package metrics

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Stored are counts that the database knows, by the last part of their name:
// "articles", "posts_pending".
type Stored func(ctx context.Context) (map[string]float64, error)

// Metrics are the counters of one program. They are safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry
	polls    *prometheus.CounterVec
	received prometheus.Counter
	articles *prometheus.CounterVec
	merged   prometheus.Counter
	parted   prometheus.Counter
	posts    *prometheus.CounterVec
	answers  *prometheus.HistogramVec
}

// New returns counters at zero. stored and model (what a language model was used
// for today; nil where there is none) are asked at each look, for at most
// askStored.
func New(version string, stored, model Stored) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		polls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "newsdesk_polls_total", Help: "Polls of feeds, by outcome: changed, unchanged, failed.",
		}, []string{"outcome"}),
		received: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "newsdesk_feed_bytes_total", Help: "Bytes of feeds received.",
		}),
		articles: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "newsdesk_articles_total", Help: "Articles condensed, by where their text came from and by what was decided.",
		}, []string{"method", "reason"}),
		merged: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "newsdesk_events_merged_total", Help: "Events that turned out to be another one, and were put into it.",
		}),
		parted: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "newsdesk_events_parted_total", Help: "Events that turned out to be two, and were parted.",
		}),
		posts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "newsdesk_posts_total", Help: "Posts handed over, by kind and outcome: sent, failed.",
		}, []string{"kind", "outcome"}),
		answers: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "newsdesk_interaction_seconds", Help: "Time to answer an interaction, by kind and outcome: ok, failed.",
			Buckets: []float64{0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 3},
		}, []string{"kind", "outcome"}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "newsdesk_build_info", Help: "Always 1."}, []string{"version"})
	build.WithLabelValues(version).Set(1)
	m.registry.MustRegister(m.polls, m.received, m.articles, m.merged, m.parted, m.posts, m.answers, build, &rows{stored, prometheus.NewDesc("newsdesk_stored", "What the database holds, by kind.", []string{"kind"}, nil)},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	if model != nil {
		m.registry.MustRegister(&rows{model, prometheus.NewDesc("newsdesk_model_today",
			"What the language model was used for today (UTC), by kind; cost and cap are in the unit of the configured prices.", []string{"kind"}, nil)})
	}
	return m
}

// Polled counts a poll; outcome is changed, unchanged or failed.
func (m *Metrics) Polled(outcome string, bytes int64) {
	m.polls.WithLabelValues(outcome).Inc()
	m.received.Add(float64(bytes))
}

// Condensed counts an article.
func (m *Metrics) Condensed(method, reason string) { m.articles.WithLabelValues(method, reason).Inc() }

// Merged counts an event that was put into another one.
func (m *Metrics) Merged() { m.merged.Inc() }

// Parted counts an event that turned out to be two.
func (m *Metrics) Parted() { m.parted.Inc() }

// Sent counts a post that was handed over.
func (m *Metrics) Sent(kind string, err error) {
	m.posts.WithLabelValues(kind, outcome(err, "sent")).Inc()
}

// Answered counts an interaction.
func (m *Metrics) Answered(kind string, took time.Duration, err error) {
	m.answers.WithLabelValues(kind, outcome(err, "ok")).Observe(took.Seconds())
}

func outcome(err error, good string) string {
	if err != nil {
		return "failed"
	}
	return good
}

// Handler serves the counters.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// askStored bounds the time in which the database is asked for its counts.
const askStored = 5 * time.Second

// rows collects what the database knows.
type rows struct {
	stored Stored
	desc   *prometheus.Desc
}

// Describe names nothing: which counts there are is the database's to say.
func (*rows) Describe(chan<- *prometheus.Desc) {}

// Collect asks the database.
func (r *rows) Collect(out chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), askStored)
	defer cancel()
	counts, err := r.stored(ctx)
	if err != nil {
		out <- prometheus.NewInvalidMetric(r.desc, err)
		return
	}
	for kind, n := range counts {
		out <- prometheus.MustNewConstMetric(r.desc, prometheus.GaugeValue, n, kind)
	}
}
