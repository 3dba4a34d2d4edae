package events

import "slices"

// radixFrom is the length from which counting beats comparing.
const radixFrom = 48

// sortNumbers sorts a list, byte by byte from the last (LSD radix sort), and
// returns it; spare is room of the same length, whose contents are lost, and
// which may be what is returned.
func sortNumbers(list, spare []uint32) (sorted, other []uint32) {
	if len(list) < radixFrom {
		slices.Sort(list)
		return list, spare
	}
	var counts [4][256]uint32
	for _, x := range list {
		counts[0][x&0xff]++
		counts[1][x>>8&0xff]++
		counts[2][x>>16&0xff]++
		counts[3][x>>24]++
	}
	spare = slices.Grow(spare[:0], len(list))[:len(list)]
	for i := range counts {
		c, shift := &counts[i], 8*i
		if c[list[0]>>shift&0xff] == uint32(len(list)) {
			continue // this byte is the same in all
		}
		at := uint32(0)
		for b, n := range c {
			c[b] = at
			at += n
		}
		for _, x := range list {
			b := x >> shift & 0xff
			spare[c[b]] = x
			c[b]++
		}
		list, spare = spare, list
	}
	return list, spare
}
