package quotes

import "slices"

// EntryChange is an entry that differs. A value is empty where the input has
// its default.
type EntryChange struct{ Name, Before, After string }

// compareEntries returns what was entered otherwise. What counts are the inputs
// themselves, found by their ids, since words differ with the language and with
// the price book. Entries without ids, of quotes that were saved before entries
// had any, are compared by their words, unless the inputs are the same.
func compareEntries(before, after *Item) []EntryChange {
	was, is := inputsOf(before), inputsOf(after)
	key := func(e *Entry) string { return e.ID }
	same := func(id string) bool { return was.entry(id, is) }
	if !was.identified || !is.identified {
		if before.Months == after.Months && was.same(is) {
			return nil
		}
		key = func(e *Entry) string { return e.Name }
		same = func(string) bool { return false }
	}
	find := func(entries []Entry, k string) (Entry, bool) {
		i := slices.IndexFunc(entries, func(e Entry) bool { return key(&e) == k })
		if i < 0 {
			return Entry{}, false
		}
		return entries[i], true
	}
	var changes []EntryChange
	add := func(e *Entry, before, after string) {
		if before != after && !same(key(e)) {
			changes = append(changes, EntryChange{Name: e.Name, Before: before, After: after})
		}
	}
	for i := range after.Entries {
		e := &after.Entries[i]
		earlier, _ := find(before.Entries, key(e))
		add(e, earlier.Value, e.Value)
	}
	for i := range before.Entries {
		e := &before.Entries[i]
		if _, there := find(after.Entries, key(e)); !there {
			add(e, e.Value, "")
		}
	}
	return changes
}
