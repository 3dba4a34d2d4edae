package feeds

import (
	"bytes"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"

	"newsdesk/internal/charset"
)

// unpack undoes a gzip that no header told of (it begins with 1f 8b). A packed
// document that breaks off gives what was there.
func unpack(body []byte) (text []byte, notes []string, err error) {
	for range 2 { // some servers pack twice
		if len(body) < 2 || body[0] != 0x1f || body[1] != 0x8b {
			return body, notes, nil
		}
		gz, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil, notes, refuse(ErrBroken, "the answer is packed with gzip and damaged")
		}
		out, err := io.ReadAll(io.LimitReader(gz, MaxBody+1))
		switch {
		case len(out) > MaxBody:
			return nil, notes, refuse(ErrTooLarge, "the document unpacks to more than %d MB", MaxBody>>20)
		case err != nil && len(out) == 0:
			return nil, notes, refuse(ErrBroken, "the answer is packed with gzip and damaged")
		case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
			notes = append(notes, "The packed document is damaged; its readable part was used.")
		default:
			notes = append(notes, "The document was packed with gzip without saying so.")
		}
		body = out
	}
	return body, notes, nil
}

// decode returns the document as valid UTF-8.
func decode(body []byte, contentType string) ([]byte, []string, error) {
	if len(body) > MaxBody {
		return nil, nil, refuse(ErrTooLarge, "the document has more than %d MB", MaxBody>>20)
	}
	body, notes, err := unpack(body)
	if err != nil {
		return nil, nil, err
	}
	text, _ := charset.UTF8(body, contentType)
	return text, notes, nil
}
