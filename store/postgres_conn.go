package store

import (
	"context"
	"database/sql/driver"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
)

// connector makes connections that take values as SQLite's do: any text, and
// yes and no for 1 and 0.
func connector(config pgx.ConnConfig) driver.Connector {
	return tolerant{stdlib.GetConnector(config, stdlib.OptionAfterConnect(func(_ context.Context, c *pgx.Conn) error {
		m := c.TypeMap()
		m.TryWrapEncodePlanFuncs = append([]pgtype.TryWrapEncodePlanFunc{bits}, m.TryWrapEncodePlanFuncs...)
		return nil
	}))}
}

type tolerant struct{ driver.Connector }

// Connect is that of the driver.
func (t tolerant) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := t.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return tolerantConn{c.(*stdlib.Conn)}, nil
}

type tolerantConn struct{ *stdlib.Conn }

// CheckNamedValue makes text what PostgreSQL can store: feeds may hold bytes
// that are no UTF-8, and the character 0, which it has no place for.
func (tolerantConn) CheckNamedValue(v *driver.NamedValue) error {
	if _, ok := v.Value.(driver.Valuer); ok {
		return nil
	}
	text, err := driver.DefaultParameterConverter.ConvertValue(v.Value)
	if s, ok := text.(string); ok && err == nil {
		v.Value = storable(s)
	}
	return nil // pgx has its own word on other values
}

// storable is the text with a blank for each byte that cannot be stored, so
// that places in it stay what they are.
func storable(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch _, size := utf8.DecodeRuneInString(s[i:]); {
		case r == 0, r == utf8.RuneError && size == 1:
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// bits encodes yes and no where a column wants a number.
func bits(value any) (pgtype.WrappedEncodePlanNextSetter, any, bool) {
	if _, ok := value.(bool); ok {
		return &bitPlan{}, int64(0), true
	}
	return nil, nil, false
}

type bitPlan struct{ next pgtype.EncodePlan }

// SetNext is told how numbers are encoded.
func (p *bitPlan) SetNext(next pgtype.EncodePlan) { p.next = next }

// Encode encodes a bool as a number.
func (p *bitPlan) Encode(value any, buf []byte) ([]byte, error) {
	n := int64(0)
	if value.(bool) {
		n = 1
	}
	return p.next.Encode(n, buf)
}
