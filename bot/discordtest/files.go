package discordtest

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// File is a file that a person attaches to a command, or that came with a
// message.
type File struct {
	Name string
	Type string // media type; "" = none is told
	Data []byte
	// Size and URL are told in place of the true ones, where they are set: what a
	// client says is not to be trusted.
	Size int64
	URL  string
}

// filePath begins the path of what people attach to commands.
const filePath = "/ephemeral-attachments/"

// keep stores a file where the bot can fetch it, and returns the attachment
// object. The caller holds s.mu.
func (s *Server) keep(id string, f File) map[string]any {
	path := filePath + s.o.ApplicationID + "/" + id + "/" + f.Name
	if s.files == nil {
		s.files = map[string]File{}
	}
	s.files[path] = f
	out := map[string]any{"id": id, "filename": f.Name, "size": int64(len(f.Data)), "url": s.restURL + path + "?ex=1&is=1&hm=1", "ephemeral": true}
	if f.Size != 0 {
		out["size"] = f.Size
	}
	if f.URL != "" {
		out["url"] = f.URL
	}
	out["proxy_url"] = out["url"]
	if f.Type != "" {
		out["content_type"] = f.Type
	}
	return out
}

// serveFile answers for Discord's file server, and reports whether the request
// was for it.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) bool {
	if !strings.HasPrefix(r.URL.Path, filePath) {
		return false
	}
	s.mu.Lock()
	f, found := s.files[r.URL.Path]
	s.mu.Unlock()
	if !found {
		http.Error(w, "This content is no longer available.", http.StatusNotFound)
		return true
	}
	if f.Type != "" {
		w.Header().Set("Content-Type", f.Type)
	}
	_, _ = w.Write(f.Data) // a client that has left: its own affair
	return true
}

var filePart = regexp.MustCompile(`^files\[([0-9])\]$`)

// uploadRules are those for the files of a request and for what is said of them:
// each is a part named files[n] with a name, and an attachment of the message
// that is none it has already names one of them by its number.
func uploadRules(c *call) []violation {
	r := &rules{}
	parts := map[string]string{}
	for _, f := range c.files {
		m := filePart.FindStringSubmatch(f.field)
		switch {
		case m == nil:
			r.add(at{f.field}, "FORM_PART", "A file's part is named files[0] to files[9].")
		case f.name == "":
			r.add(at{f.field}, "FORM_PART", "A file's part has a filename.")
		case parts[m[1]] != "":
			r.add(at{f.field}, "FORM_PART", "There are two parts of this name.")
		default:
			parts[m[1]] = f.name
		}
	}
	body, where := c.object(), at{}
	if data, isData := body["data"].(map[string]any); isData {
		body, where = data, at{"data"}
	}
	list, given := body["attachments"]
	told := map[string]bool{}
	for i, v := range items(list) {
		here := where.to("attachments", i)
		a := r.object(here, v)
		id, _ := a["id"].(string)
		name, isPart := parts[id]
		n, err := strconv.ParseUint(id, 10, 64)
		switch {
		case err != nil:
			r.add(here.to("id"), "NUMBER_TYPE_COERCE", "Value %q is not snowflake.", id)
		case !isPart && n < 10:
			r.add(here.to("id"), "ATTACHMENT_NOT_FOUND", "No part files[%s] came with it.", id)
		case told[id]:
			r.add(here.to("id"), "ATTACHMENT_NOT_FOUND", "The attachment is there twice.")
		case isPart && a["filename"] != nil && a["filename"] != name:
			r.add(here.to("filename"), "ATTACHMENT_NAME", "The part's filename is %q.", name)
		}
		told[id] = true
	}
	for id := range parts {
		if given && !told[id] {
			r.add(where.to("attachments"), "ATTACHMENT_NOT_FOUND", "files[%s] is not among them.", id)
		}
	}
	return r.found
}
