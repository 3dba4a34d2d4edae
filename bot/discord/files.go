package discord

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"newsdesk/bot/message"
)

const (
	kindJSON    = "application/json"
	maxFileName = 100 // bytes; Discord takes 1,024
)

// fileHosts are where Discord keeps the files that people attach.
// Source: https://discord.com/developers/docs/reference#image-formatting and the
// addresses of attachment objects.
var fileHosts = []string{"cdn.discordapp.com", "media.discordapp.net"}

// FileAddress reports whether an address is where Discord keeps the files that
// people attach, so that nothing else is ever fetched on their behalf. apiURL is
// the address of another Discord, which keeps them itself, or "".
func FileAddress(address, apiURL string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Host == "" {
		return false
	}
	if u.Scheme == "https" && slices.Contains(fileHosts, strings.ToLower(u.Host)) {
		return true
	}
	own, err := url.Parse(apiURL)
	return err == nil && own.Host != "" && u.Scheme == own.Scheme && strings.EqualFold(u.Host, own.Host)
}

// attachmentBody describes a file of the same request.
type attachmentBody struct {
	ID   string `json:"id"` // its number
	Name string `json:"filename"`
}

func attachments(files []message.File) []attachmentBody {
	var out []attachmentBody
	for i, f := range files[:min(len(files), message.MaxFiles)] {
		out = append(out, attachmentBody{ID: strconv.Itoa(i), Name: fileName(f.Name)})
	}
	return out
}

// fileName makes a name fit for a header and a folder.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.", r) {
			return r
		}
		return '_'
	}, name)
	if len(name) > maxFileName {
		name = name[len(name)-maxFileName:] // the end says what kind it is
	}
	if strings.Trim(name, "._") == "" {
		return "file"
	}
	return name
}

// packet is what a request carries; its zero value is nothing.
type packet struct {
	data []byte
	kind string
}

// load encodes a body: as JSON, and with files as a form that has the JSON as one
// part and each file as another.
// Source: https://discord.com/developers/docs/reference#uploading-files
func load(body any, files []message.File) (packet, error) {
	if body == nil {
		return packet{}, nil
	}
	text, err := json.Marshal(body)
	if err != nil || len(files) == 0 {
		return packet{text, kindJSON}, err
	}
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part := func(disposition, kind string, data []byte) error {
		w, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {disposition}, "Content-Type": {kind}})
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}
	if err := part(`form-data; name="payload_json"`, kindJSON, text); err != nil {
		return packet{}, err
	}
	for i, f := range files[:min(len(files), message.MaxFiles)] {
		kind := f.Type
		if kind == "" {
			kind = "application/octet-stream"
		}
		if err := part(`form-data; name="files[`+strconv.Itoa(i)+`]"; filename="`+fileName(f.Name)+`"`, kind, f.Data); err != nil {
			return packet{}, err
		}
	}
	if err := form.Close(); err != nil {
		return packet{}, err
	}
	return packet{b.Bytes(), form.FormDataContentType()}, nil
}
