package calc

import "sync"

// cache keeps the newest of what was made, so many at most: what follows from its
// key alone, and so never has to be made anew. It is safe for concurrent use.
type cache[K comparable, V any] struct {
	mu   sync.Mutex
	made map[K]V
	// keys are in the order in which they came, the oldest at next once they are
	// as many as there may be.
	keys []K
	next int
}

func newCache[K comparable, V any](most int) *cache[K, V] {
	return &cache[K, V]{made: map[K]V{}, keys: make([]K, 0, most)}
}

// of returns what belongs to a key, which is made if it is not there. Two that
// ask for the same at once may both make it.
func (c *cache[K, V]) of(key K, fill func() (V, error)) (V, error) {
	c.mu.Lock()
	value, ok := c.made[key]
	c.mu.Unlock()
	if ok {
		return value, nil
	}
	value, err := fill()
	if err == nil {
		c.keep(key, value)
	}
	return value, err
}

func (c *cache[K, V]) keep(key K, value V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.made[key]; !ok {
		if len(c.keys) < cap(c.keys) {
			c.keys = append(c.keys, key)
		} else {
			delete(c.made, c.keys[c.next])
			c.keys[c.next] = key
			c.next = (c.next + 1) % cap(c.keys)
		}
	}
	c.made[key] = value
}
