package discord

import (
	"bufio"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// WebSocket opcodes. Source: RFC 6455, section 5.2.
const (
	opContinuation = 0x0
	opText         = 0x1
	opClose        = 0x8
	opPing         = 0x9
	opPong         = 0xA
)

// frame is one WebSocket frame as a server sends it.
type frame struct {
	final   bool
	op      byte
	payload []byte
}

var errFrame = errors.New("the gateway broke the WebSocket protocol")

// readFrame reads a server's frame: unmasked, without extensions, of at most
// limit bytes.
func readFrame(r *bufio.Reader, limit uint64) (frame, error) {
	var head [10]byte
	if _, err := io.ReadFull(r, head[:2]); err != nil {
		return frame{}, err
	}
	f := frame{final: head[0]&0x80 != 0, op: head[0] & 0x0f}
	if head[0]&0x70 != 0 || head[1]&0x80 != 0 {
		return frame{}, fmt.Errorf("%w: a compressed or masked frame", errFrame)
	}
	size := uint64(head[1] & 0x7f)
	switch size {
	case 126:
		if _, err := io.ReadFull(r, head[2:4]); err != nil {
			return frame{}, err
		}
		size = uint64(binary.BigEndian.Uint16(head[2:4]))
	case 127:
		if _, err := io.ReadFull(r, head[2:10]); err != nil {
			return frame{}, err
		}
		size = binary.BigEndian.Uint64(head[2:10])
	}
	if f.op >= opClose && (size > 125 || !f.final) {
		return frame{}, fmt.Errorf("%w: a long control frame", errFrame)
	}
	if size > limit {
		return frame{}, fmt.Errorf("%w: a message of more than %d bytes", errFrame, limit)
	}
	// The buffer grows with what arrives, not with what is announced.
	var err error
	if size <= 64<<10 {
		f.payload = make([]byte, size)
		_, err = io.ReadFull(r, f.payload)
	} else {
		f.payload, err = io.ReadAll(io.LimitReader(r, int64(size)))
		if err == nil && uint64(len(f.payload)) < size {
			err = io.ErrUnexpectedEOF
		}
	}
	return f, err
}

// appendServerFrame appends a whole, unmasked frame.
func appendServerFrame(b []byte, op byte, payload []byte) []byte {
	b = append(b, 0x80|op)
	b = appendSize(b, len(payload), 0)
	return append(b, payload...)
}

// clientFrame returns a whole, masked frame.
func clientFrame(op byte, payload []byte) []byte {
	var key [4]byte
	_, _ = rand.Read(key[:]) // never fails
	b := appendSize([]byte{0x80 | op}, len(payload), 0x80)
	b = append(b, key[:]...)
	for i, c := range payload {
		b = append(b, c^key[i%4])
	}
	return b
}

func appendSize(b []byte, n int, mask byte) []byte {
	switch {
	case n < 126:
		return append(b, mask|byte(n))
	case n < 1<<16:
		return binary.BigEndian.AppendUint16(append(b, mask|126), uint16(n))
	default:
		return binary.BigEndian.AppendUint64(append(b, mask|127), uint64(n))
	}
}
