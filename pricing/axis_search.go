package pricing

// search looks along an axis for the next quantity with some property.
type search struct {
	*walk
	// found reports whether a quantity has the property.
	found func(p *point) bool
	// never reports whether it is proven that no quantity inside a span has it,
	// where its ends are known.
	never func(s span) bool
}

// up returns the smallest quantity above p and up to to that has the property;
// nil if there is none. If the work was too much, done is the quantity up to
// which there is none; otherwise it is to.
func (s *search) up(p *point, to int64) (hit *point, done int64) {
	for p.x < to {
		if s.left < 2 {
			return nil, p.x
		}
		first := s.at(p.x + 1) // of a new stretch, perhaps
		if s.found(first) {
			return first, to
		}
		end := min(s.axis.stretchEnd(first.x), to)
		hit, p = s.stretch(first, end)
		if hit != nil {
			return hit, to
		}
		if p.x < end {
			return nil, p.x
		}
	}
	return nil, to
}

// stretch looks from a quantity without the property to the end of its stretch:
// at the whole, and then in steps that double, since most of what is looked for
// is near. It returns the last quantity up to which it has found nothing.
func (s *search) stretch(low *point, end int64) (hit, last *point) {
	if low.x == end {
		return nil, low
	}
	high := s.at(end)
	if !s.found(high) && s.never(span{low, high}) {
		return nil, high
	}
	for step := int64(1); low.x < end; step *= 2 {
		next := high
		if low.x+step < end {
			if s.left < 1 {
				return nil, low
			}
			next = s.at(low.x + step)
		}
		hit, last = s.lowest(low, next)
		if hit != nil || last != next {
			return hit, last
		}
		low = next
	}
	return nil, low
}

// lowest returns the lowest quantity above low and up to high that has the
// property, or the last up to which there is none.
func (s *search) lowest(low, high *point) (hit, last *point) {
	if s.found(high) && high.x == low.x+1 {
		return high, low
	}
	if high.x == low.x+1 || (!s.found(high) && s.never(span{low, high})) {
		return nil, high
	}
	if s.left < 1 {
		return nil, low
	}
	middle := s.at(low.x + (high.x-low.x)/2)
	if hit, last = s.lowest(low, middle); hit != nil || last != middle {
		return hit, last
	}
	return s.lowest(middle, high)
}

// down returns the largest quantity from from to to that has the property; nil
// if there is none. If the work was too much, complete is false, and hit is the
// largest that was met.
func (s *search) down(from, to int64) (hit *point, complete bool) {
	for to >= from {
		if s.left < 2 {
			return hit, false
		}
		high := s.at(to)
		if s.found(high) {
			return high, true
		}
		start := max(s.axis.stretchStart(to), from)
		if start < to {
			low := s.at(start)
			inside, complete := s.highest(low, high)
			if inside != nil || !complete {
				return inside, complete
			}
		}
		to = start - 1
	}
	return nil, true
}

// highest returns the highest quantity from low and below high that has the
// property, which high has not.
func (s *search) highest(low, high *point) (hit *point, complete bool) {
	if s.found(low) {
		hit = low
	}
	if high.x == low.x+1 || s.never(span{low, high}) {
		return hit, true
	}
	if s.left < 1 {
		return hit, false
	}
	middle := s.at(low.x + (high.x-low.x)/2)
	if s.found(middle) {
		return s.highest(middle, high)
	}
	if above, complete := s.highest(middle, high); above != nil || !complete {
		if above == nil {
			above = hit
		}
		return above, complete
	}
	return s.highest(low, middle)
}

// stretchEnd returns the last quantity of the stretch that one is in.
func (a *Axis) stretchEnd(x int64) int64 {
	for _, e := range a.edges {
		if e > x {
			return e - 1
		}
	}
	return a.input.Maximum
}

// stretchStart returns the first quantity of the stretch that one is in.
func (a *Axis) stretchStart(x int64) int64 {
	start := a.input.Minimum
	for _, e := range a.edges {
		if e <= x {
			start = e
		}
	}
	return start
}
