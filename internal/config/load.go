package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2"
)

var (
	errNotDuration = errors.New(`write a time span such as "90s", "10m" or "6h"`)
	errNotInterval = errors.New(`write "auto", or a time span such as "90s", "10m" or "6h"`)
	errNotPrefix   = errors.New(`write an address range such as "127.0.0.0/8"`)
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// maxSize bounds the configuration file, in bytes.
const maxSize = 4 << 20

// Problem is one thing wrong with a configuration.
type Problem struct {
	File string
	Line int    // 0 where no line is to blame
	Text string // one sentence: what is wrong and how to mend it
}

// String is "file:line: text".
func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
}

// InvalidError is everything that is wrong with a configuration.
type InvalidError struct{ Problems []Problem }

// Error is a line for each problem.
func (e *InvalidError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Load reads the file at path, and secrets from env (as os.Getenv) and from
// the files that the configuration names. A missing file is an error that
// satisfies errors.Is(err, fs.ErrNotExist); what is wrong inside is an
// *InvalidError.
func Load(path string, env func(string) string) (Config, error) {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		return Config{}, fmt.Errorf("%s is a folder: name the configuration file in it", path)
	}
	if err == nil && info.Size() > maxSize {
		return Config{}, fmt.Errorf("%s is larger than %d bytes: this is no configuration file", path, maxSize)
	}
	b, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if errors.Is(err, fs.ErrNotExist) {
		return Config{}, fmt.Errorf("there is no %s: copy config.example.toml to it, or name another file with --config: %w", path, fs.ErrNotExist)
	}
	if err != nil {
		return Config{}, fmt.Errorf("read configuration: %w", err)
	}
	return Parse(path, b, env)
}

// Parse is Load for bytes already read; name stands for the file in problems,
// and relative paths inside count from its folder.
func Parse(name string, doc []byte, env func(string) string) (Config, error) {
	c, problems := decode(name, doc)
	lines := sync.OnceValue(func() map[string]int { return index(doc) }) // of thousands of feeds, where there is a problem only
	secret := func(key string, value *Secret, file, variable string) {
		if file != "" {
			if text := readSecret(name, key, *value, file); text.problem != "" {
				problems = append(problems, Problem{name, lines()[key+"_file"], text.problem})
			} else {
				*value = text.secret
			}
		}
		if v := strings.TrimSpace(env(variable)); v != "" {
			*value = Secret(v)
		}
	}
	secret("database.url", &c.Database.URL, c.Database.URLFile, "NEWSDESK_DATABASE_URL")
	secret("discord.token", &c.Discord.Token, c.Discord.TokenFile, "NEWSDESK_DISCORD_TOKEN")
	secret("llm.api_key", &c.LLM.APIKey, c.LLM.APIKeyFile, "NEWSDESK_LLM_API_KEY")
	for _, f := range c.check() {
		problems = append(problems, Problem{name, lineOf(lines(), f.key), f.key + ": " + f.text})
	}
	if len(problems) > 0 {
		slices.SortStableFunc(problems, func(a, b Problem) int { return a.Line - b.Line })
		return Config{}, &InvalidError{problems}
	}
	return c, nil
}

// secretFile is what a file that holds a secret gave: it, or what is wrong.
type secretFile struct {
	secret  Secret
	problem string
}

// readSecret reads the file that key_file names, relative to the configuration
// file name.
func readSecret(name, key string, set Secret, path string) secretFile {
	if !filepath.IsAbs(path) {
		path = filepath.Join(filepath.Dir(name), path)
	}
	b, err := os.ReadFile(path) //nolint:gosec // the operator's own configuration names the file
	switch {
	case err != nil:
		return secretFile{problem: fmt.Sprintf("%s_file: cannot read %s: %v", key, path, cause(err))}
	case set != "":
		return secretFile{problem: fmt.Sprintf("%s and %s_file are both set: keep one", key, key)}
	}
	return secretFile{secret: Secret(strings.TrimSpace(string(b)))}
}

// cause returns the innermost part of a file error, which does not repeat the
// path.
func cause(err error) error {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err
	}
	return err
}

// decode reads doc over the defaults. A decoder stops at the first value of a
// wrong kind; to report them all, the offending entry is blanked out and the
// rest read again.
func decode(name string, doc []byte) (Config, []Problem) {
	var problems []Problem
	doc = slices.Clone(doc)
	for range 100 {
		c := Default()
		d := toml.NewDecoder(strings.NewReader(string(doc)))
		d.DisallowUnknownFields()
		err := d.Decode(&c)
		var missing *toml.StrictMissingError
		var wrong *toml.DecodeError
		switch {
		case err == nil:
			return c, problems
		case errors.As(err, &missing):
			for _, e := range missing.Errors {
				line, _ := e.Position()
				problems = append(problems, Problem{name, line, unknownKey(e.Key())})
			}
			return c, problems
		case errors.As(err, &wrong):
			line, _ := wrong.Position()
			key := strings.Join(wrong.Key(), ".")
			if key == "" {
				return c, append(problems, Problem{name, line, "this is not TOML: " + plainTOML(wrong)})
			}
			problems = append(problems, Problem{name, line, key + ": " + wrongKind(key, wrong)})
			if !blank(doc, line) {
				return c, problems
			}
		default:
			return c, append(problems, Problem{name, 0, err.Error()})
		}
	}
	return Default(), problems
}

// plainTOML is the decoder's message without its prefix.
func plainTOML(e *toml.DecodeError) string {
	return strings.TrimPrefix(e.Error(), "toml: ")
}

// wrongKind says what a key wants.
func wrongKind(key string, e *toml.DecodeError) string {
	for _, known := range []error{errNotDuration, errNotInterval, errNotPrefix} {
		if strings.Contains(e.Error(), known.Error()) {
			return known.Error()
		}
	}
	if t, ok := keyTypes()[key]; ok {
		return "write " + t
	}
	return plainTOML(e)
}

// unknownKey says that a key is unknown, and which one may have been meant.
func unknownKey(key toml.Key) string {
	full := strings.Join(key, ".")
	best, distance := "", 3
	for k := range keyTypes() {
		if d := editDistance(full, k); d < distance || d == distance && k < best {
			best, distance = k, d
		}
	}
	if best != "" {
		return fmt.Sprintf("%s is not a key: did you mean %s?", full, best)
	}
	return full + " is not a key: config.example.toml lists them all"
}

// keyTypes lists every key with what it wants, in words.
func keyTypes() map[string]string {
	out := map[string]string{}
	var walk func(prefix string, t reflect.Type)
	walk = func(prefix string, t reflect.Type) {
		for f := range t.Fields() {
			key := prefix + f.Tag.Get("toml")
			switch ft := f.Type; {
			case ft == reflect.TypeFor[Interval]():
				out[key] = errNotInterval.Error()[len("write "):]
			case ft == reflect.TypeFor[Duration]():
				out[key] = errNotDuration.Error()[len("write "):]
			case ft.Kind() == reflect.Struct:
				out[key] = "a table: [" + key + "]"
				walk(key+".", ft)
			case ft.Kind() == reflect.Slice && ft.Elem().Kind() == reflect.Struct && ft.Elem() != reflect.TypeFor[Prefix]():
				out[key] = "tables: [[" + key + "]]"
				walk(key+".", ft.Elem())
			case ft.Kind() == reflect.Slice:
				out[key] = `a list of texts such as ["one", "two"]`
			case ft.Kind() == reflect.Int:
				out[key] = "a whole number"
			case ft.Kind() == reflect.Float64:
				out[key] = "a number"
			case ft.Kind() == reflect.Bool:
				out[key] = "true or false"
			default:
				out[key] = `a text in quotation marks`
			}
		}
	}
	walk("", reflect.TypeFor[Config]())
	return out
}

// Keys lists every key that a configuration may hold, tables included.
func Keys() []string {
	return slices.Sorted(maps.Keys(keyTypes()))
}
