package calc

import "net/http"

// Routes returns the routes of a server, each as its method and path.
func (s *Server) Routes() []string {
	var all []string
	for _, r := range s.echo.Routes() {
		if r.Method != http.MethodHead {
			all = append(all, r.Method+" "+r.Path)
		}
	}
	return all
}

// FillDear takes all places of the lane of dear work, and all but so many of its
// queue, until it is told to give them back.
func (s *Server) FillDear(waiting int) (giveBack func()) {
	l := s.gate.dear
	for range cap(l.places) {
		l.places <- struct{}{}
	}
	for range cap(l.queue) - waiting {
		l.queue <- struct{}{}
	}
	return func() {
		for range cap(l.places) {
			<-l.places
		}
		for range cap(l.queue) - waiting {
			<-l.queue
		}
	}
}

// LightPlaces is how many requests compute at once in the lane of light work.
func (s *Server) LightPlaces() int { return cap(s.gate.light.places) }

// Idle reports whether nothing computes and nothing waits.
func (s *Server) Idle() bool {
	for _, l := range []*lane{s.gate.live, s.gate.light, s.gate.dear, s.gate.reading, s.gate.saving} {
		l.mu.Lock()
		idle := len(l.places) == 0 && len(l.queue) == 0 && len(l.addresses) == 0
		l.mu.Unlock()
		if !idle {
			return false
		}
	}
	return true
}
