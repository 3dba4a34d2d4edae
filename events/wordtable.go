package events

// wordTable finds what a vocabulary knows of a word by the hash of the word as
// written: a table with open addressing (Knuth 1973). A report of 300 words asks
// it 300 times, so that a slot holds what is asked of most words.
type wordTable struct {
	slots []wordSlot // a power of two, at most half of them taken
	raws  []string   // by word, in order of arrival
}

// wordSlot is free where at is 0.
type wordSlot struct {
	hash uint64
	id   term
	at   uint32 // one more than the place in raws, and what is said of the word
}

// What is said of a word, in the bits of wordSlot.at above its place.
const (
	slotSays = 1 << (29 + iota)
	slotRare
	slotPlace
	slotAt = slotSays - 1
)

// known is what a vocabulary knows of a word as it is written.
type known struct {
	id    term
	says  bool   // false for a word that says nothing
	rare  bool   // it says something, and few documents hold it
	place bool   // it may end the name of a place
	at    uint32 // where the table has how it is written
}

const leastSlots = 1 << 12

// index returns where a hash is looked for first.
func (t *wordTable) index(hash uint64) int {
	return int(hash*0x9e3779b97f4a7c15>>32) & (len(t.slots) - 1)
}

// get returns what is known of a word, false where it is new.
func (t *wordTable) get(hash uint64) (known, bool) {
	if len(t.slots) == 0 {
		return known{}, false
	}
	for i := t.index(hash); ; i = (i + 1) & (len(t.slots) - 1) {
		switch s := &t.slots[i]; {
		case s.at == 0:
			return known{}, false
		case s.hash == hash:
			return s.known(), true
		}
	}
}

func (s *wordSlot) known() known {
	return known{id: s.id, says: s.at&slotSays != 0, rare: s.at&slotRare != 0, place: s.at&slotPlace != 0, at: s.at&slotAt - 1}
}

// put takes a word in that get did not find, and returns it; raw is the word as
// written, or the English one that it stands for.
func (t *wordTable) put(hash uint64, k known, raw string) known {
	if 2*(len(t.raws)+1) > len(t.slots) {
		old := t.slots
		t.slots = make([]wordSlot, max(leastSlots, 2*len(old)))
		for _, s := range old {
			if s.at != 0 {
				t.place(s)
			}
		}
	}
	t.raws = append(t.raws, raw)
	s := wordSlot{hash, k.id, uint32(len(t.raws))}
	if k.says {
		s.at |= slotSays
	}
	if k.rare {
		s.at |= slotRare
	}
	if k.place {
		s.at |= slotPlace
	}
	t.place(s)
	return s.known()
}

func (t *wordTable) place(s wordSlot) {
	i := t.index(s.hash)
	for t.slots[i].at != 0 {
		i = (i + 1) & (len(t.slots) - 1)
	}
	t.slots[i] = s
}

// raw returns a word as it is written, or the English one that it stands for.
func (t *wordTable) raw(k known) string { return t.raws[k.at] }

// clear forgets all words.
func (t *wordTable) clear() { t.slots, t.raws = nil, nil }
