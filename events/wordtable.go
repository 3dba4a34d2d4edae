package events

// wordTable finds what a vocabulary knows of a word by the hash of the word as
// written: a table with open addressing (Knuth 1973). A report of 300 words asks
// it 300 times.
type wordTable struct {
	slots []wordSlot // a power of two, at most half of them taken
	known []known    // in order of arrival
}

// wordSlot is free where at is 0.
type wordSlot struct {
	hash uint64
	at   uint32 // one more than the place in known
}

const leastSlots = 1 << 12

// index returns where a hash is looked for first.
func (t *wordTable) index(hash uint64) int {
	return int(hash*0x9e3779b97f4a7c15>>32) & (len(t.slots) - 1)
}

// get returns what is known of a word, nil where it is new.
func (t *wordTable) get(hash uint64) *known {
	if len(t.slots) == 0 {
		return nil
	}
	for i := t.index(hash); ; i = (i + 1) & (len(t.slots) - 1) {
		switch s := &t.slots[i]; {
		case s.at == 0:
			return nil
		case s.hash == hash:
			return &t.known[s.at-1]
		}
	}
}

// put takes a word in that get did not find.
func (t *wordTable) put(hash uint64, k known) {
	if 2*(len(t.known)+1) > len(t.slots) {
		old := t.slots
		t.slots = make([]wordSlot, max(leastSlots, 2*len(old)))
		for _, s := range old {
			if s.at != 0 {
				t.place(s)
			}
		}
	}
	t.known = append(t.known, k)
	t.place(wordSlot{hash, uint32(len(t.known))})
}

func (t *wordTable) place(s wordSlot) {
	i := t.index(s.hash)
	for t.slots[i].at != 0 {
		i = (i + 1) & (len(t.slots) - 1)
	}
	t.slots[i] = s
}

// clear forgets all words.
func (t *wordTable) clear() { t.slots, t.known = nil, nil }
