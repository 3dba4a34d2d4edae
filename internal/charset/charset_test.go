package charset

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Own sentences, one for each encoding, with the letters that set it apart
// from its neighbours.
var samples = []struct {
	name, text string
	alone      bool // long and telling enough to be found without a declaration
}{
	{"windows-1251", "Городской совет утвердил новый бюджет и решил построить второй мост через реку до конца следующего года. Жители давно просили об этом.", true},
	{"koi8-r", "Городской совет утвердил новый бюджет и решил построить второй мост через реку до конца следующего года. Жители давно просили об этом.", true},
	{"windows-1252", "Le conseil a voté le budget de la ville après de longs débats ; les élèves de l’école du pont étaient présents à la séance de l’été.", true},
	{"iso-8859-2", "Rada města schválila nový rozpočet a řekla, že most přes řeku bude hotový příští rok. Lidé z okolí o něj žádali už dávno a těší se na něj.", true},
	{"iso-8859-15", "Le pont coûtera 40 € par habitant, a dit le maire, et son œuvre sera achevée après l'été.", false},
	{"windows-1250", "Rada miasta przyjęła „nowy budżet” i chce zbudować drugi most – śluza i żwirownia też się zmienią, co mówią mieszkańcy od dawna.", true},
	{"windows-1255", "מועצת העיר אישרה את התקציב החדש והחליטה לבנות גשר שני מעל הנהר עד סוף השנה הבאה. התושבים ביקשו זאת כבר זמן רב.", true},
	{"windows-1256", "وافق مجلس المدينة على الميزانية الجديدة وقرر بناء جسر ثان فوق النهر قبل نهاية العام المقبل. وقد طلب السكان ذلك منذ وقت طويل.", true},
	{"shift_jis", "市議会は新しい予算を承認し、来年の終わりまでに川に二つ目の橋をかけることを決めた。住民はずっと前からこれを求めていた。", true},
	{"euc-jp", "市議会は新しい予算を承認し、来年の終わりまでに川に二つ目の橋をかけることを決めた。住民はずっと前からこれを求めていた。", true},
	{"gbk", "市议会批准了新的预算,并决定在明年年底之前在河上修建第二座桥。居民们很久以前就提出了这个要求。", true},
	{"gb18030", "市议会批准了新的预算,并决定在明年年底之前在河上修建第二座桥。居民们很久以前就提出了这个要求。", true},
	{"big5", "市議會批准了新的預算,並決定在明年年底之前在河上修建第二座橋。居民們很久以前就提出了這個要求。", true},
	{"euc-kr", "시의회는 새 예산을 승인하고 내년 말까지 강 위에 두 번째 다리를 짓기로 결정했다. 주민들은 오래전부터 이를 요구해 왔다.", true},
	{"windows-874", "สภาเมืองอนุมัติงบประมาณใหม่และตัดสินใจสร้างสะพานแห่งที่สองข้ามแม่น้ำภายในสิ้นปีหน้า ชาวเมืองเรียกร้องเรื่องนี้มานานแล้ว", true},
	{"windows-1250", "Prezident podepsal zákon o rozpočtu na příští rok. Vláda schválila nová pravidla pro malé podniky a žádný poslanec nehlasoval proti.", true},
	{"windows-1250", "Prezydent podpisał ustawę budżetową na przyszły rok. Rząd przyjął nowe zasady dla małych firm, a żaden z posłów nie głosował przeciw.", true},
	{"iso-8859-2", "Prezydent podpisał ustawę budżetową na przyszły rok. Rząd przyjął nowe zasady dla małych firm, a żaden z posłów nie głosował przeciw.", true},
	{"euc-kr", "대통령이 내년 예산안에 서명했다. 정부는 월요일 아침 중소기업을 위한 새로운 규정을 승인했다고 재무부 대변인이 기자회견에서 밝혔다.", true},
	{"windows-1250", "Prezident podpísal zákon o rozpočte na budúci rok. Vláda schválila nové pravidlá pre malé podniky a ľudia žiadali šťastnejší život.", true},
	{"iso-2022-jp", "市議会は新しい予算を承認し、来年の終わりまでに川に二つ目の橋をかけることを決めた。", true},
	{"windows-1252", "Byrådet godkendte budgettet efter lange møder, og der skal bygges en bro over åen. Søndag så mange på Žižkovs plan, sagde Škoda.", true},
	{"windows-1253", "Το δημοτικό συμβούλιο ενέκρινε τον νέο προϋπολογισμό και αποφάσισε να χτίσει δεύτερη γέφυρα πάνω από το ποτάμι.", false},
}

func encode(tb testing.TB, name, text string) []byte {
	tb.Helper()
	enc, _ := charset.Lookup(name)
	if enc == nil {
		tb.Fatalf("no encoding %q", name)
	}
	b, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func page(text string) string {
	return "<html><head><title>" + text + "</title></head><body><p>" + text + "</p></body></html>"
}

func TestUTF8_Declared(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			for _, c := range []struct{ how, contentType, doc string }{
				{"header", "text/html; charset=" + s.name, page(s.text)},
				{"broken header", "text/html;;charset = '" + s.name + "';", page(s.text)},
				{"meta", "text/html", "<meta charset=\"" + s.name + "\">" + page(s.text)},
				{"old meta", "", "<meta http-equiv=Content-Type content='text/html; charset=" + strings.ToUpper(s.name) + "'>" + page(s.text)},
				{"prolog", "application/xml", "<?xml version='1.0' encoding='" + s.name + "'?><rss>" + s.text + "</rss>"},
				{"a server's default header", "text/html; charset=ISO-8859-1", "<meta charset=" + s.name + ">" + page(s.text)},
				{"unknown header", "text/html; charset=none", "<meta charset=" + s.name + ">" + page(s.text)},
				{"utf-8 in the header, not so", "text/html; charset=utf-8", "<meta charset=" + s.name + ">" + page(s.text)},
			} {
				got, name := UTF8(encode(t, s.name, c.doc), c.contentType)
				if diff := cmp.Diff(string(got), c.doc); diff != "" {
					t.Errorf("%s: read as %s (-got +want)\n%s", c.how, name, diff)
				}
			}
		})
	}
}

func TestUTF8_Undeclared(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		if !s.alone {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			for _, text := range []string{s.text, strings.Repeat(s.text+" ", 5)} { // what a short text is taken for, a long one need not be
				doc := page(text)
				got, name := UTF8(encode(t, s.name, doc), "")
				if diff := cmp.Diff(string(got), doc); diff != "" {
					t.Errorf("read as %s (-got +want)\n%s", name, diff)
				}
			}
		})
	}
}

func TestUTF8_ValidUTF8BeatsWrongDeclaration(t *testing.T) {
	t.Parallel()
	for _, s := range samples {
		for _, wrong := range []string{"iso-8859-1", "windows-1251", "koi8-r", "shift_jis", "gbk", "big5", "utf-16", "utf-7", "nonsense", ""} {
			doc := "<meta charset=" + wrong + ">" + page(s.text)
			got, name := UTF8([]byte(doc), "text/html; charset="+wrong)
			if name != "utf-8" || string(got) != doc {
				t.Errorf("%q called %q was read as %s", s.name, wrong, name)
			}
		}
	}
}

func TestUTF8_Wide(t *testing.T) {
	t.Parallel()
	encs := map[string]struct {
		enc  encoding.Encoding
		mark string
	}{
		"utf-16le": {unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "\xff\xfe"},
		"utf-16be": {unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "\xfe\xff"},
		"utf-32le": {utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "\xff\xfe\x00\x00"},
		"utf-32be": {utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "\x00\x00\xfe\xff"},
	}
	for want, e := range encs {
		for _, s := range samples {
			doc := "<?xml version='1.0' encoding='utf-16'?>" + page(s.text)
			raw, err := e.enc.NewEncoder().Bytes([]byte(doc))
			if err != nil {
				t.Fatal(err)
			}
			for _, body := range [][]byte{raw, append([]byte(e.mark), raw...)} {
				for _, header := range []string{"", "text/html; charset=utf-16", "text/html; charset=utf-8", "text/html; charset=windows-1251"} {
					got, name := UTF8(body, header)
					if name != want || string(got) != doc {
						t.Errorf("%s, header %q: read as %s: %.80q", want, header, name, got)
					}
				}
			}
		}
	}
}

func TestUTF8_Marks(t *testing.T) {
	t.Parallel()
	doc := page("Brücke über den Fluß – später")
	for _, c := range []struct{ how, body, header string }{
		{"utf-8 mark", "\xef\xbb\xbf" + doc, ""},
		{"utf-8 mark against the header", "\xef\xbb\xbf" + doc, "text/html; charset=koi8-r"},
		{"utf-8 mark twice", "\xef\xbb\xbf\xef\xbb\xbf" + doc, ""},
	} {
		got, name := UTF8([]byte(c.body), c.header)
		if name != "utf-8" || string(got) != doc {
			t.Errorf("%s: %s %q", c.how, name, got)
		}
	}
	legacy := encode(t, "windows-1251", page(samples[0].text))
	got, name := UTF8(append([]byte("\xef\xbb\xbf"), legacy...), "")
	if name != "windows-1251" || string(got) != page(samples[0].text) {
		t.Errorf("a mark before windows-1251: %s %q", name, got)
	}
}

func TestUTF8_Repairs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ how, body, header, want, name string }{
		{"one windows-1252 quote in UTF-8", "Straße – it\x92s late – später", "text/html; charset=utf-8", "Straße – it’s late – später", "utf-8"},
		{"the same without a declaration", "Straße – größer – it\x92s late – später – schön", "", "Straße – größer – it’s late – später – schön", "utf-8"},
		{"one Latin-1 letter, called utf-8", "caf\xe9 noir", "text/html; charset=utf-8", "café noir", "windows-1252"},
		{"cut off inside a letter", "Brücke übe\xc3", "text/html; charset=utf-8", "Brücke übe", "utf-8"},
		{"cut off inside a longer letter", "price 5 €, then \xe2\x82", "", "price 5 €, then ", "utf-8"},
		{"a stump in the middle", "größer \xe2\x82 später Straße", "text/html; charset=utf-8", "größer \uFFFD später Straße", "utf-8"},
		{"ascii", "plain words", "text/plain; charset=us-ascii", "plain words", "utf-8"},
		{"called ascii, is not", "caf\xe9", "text/plain; charset=us-ascii", "café", "windows-1252"},
		{"iso-2022-jp", "\x1b$B;T\x1b(B", "text/html; charset=iso-2022-jp", "市", "iso-2022-jp"},
		{"euc-kr, one letter", "<d>\xb3\xe2</d>", "text/xml; charset=euc-kr", "<d>년</d>", "euc-kr"},
		{"gbk that looks like utf-8", "\xc1\xaa\xcd\xa8", "text/html; charset=gbk", "联通", "gbk"},
		{"numbered code page", "\xcf\xf0\xe8\xe2\xe5\xf2", "text/html; charset=cp-1251", "Привет", "windows-1251"},
		{"Cyrillic called Latin-1", "<p>\xc3\xee\xf0\xee\xe4\xf1\xea\xee\xe9 \xf1\xee\xe2\xe5\xf2 \xf3\xf2\xe2\xe5\xf0\xe4\xe8\xeb \xed\xee\xe2\xfb\xe9 \xe1\xfe\xe4\xe6\xe5\xf2 \xe8 \xef\xee\xf1\xf2\xf0\xee\xe8\xf2 \xec\xee\xf1\xf2", "text/html; charset=iso-8859-1", "<p>Городской совет утвердил новый бюджет и построит мост", "windows-1251"},
		{"empty", "", "text/html", "", "utf-8"},
		{"German without a declaration", "<p>f\xfcr die Br\xfccke \xfcber den Flu\xdf w\xe4hlten sie sp\xe4ter m\xf6glichst gr\xf6\xdfere B\xf6gen", "", "<p>für die Brücke über den Fluß wählten sie später möglichst größere Bögen", "windows-1252"},
	} {
		got, name := UTF8([]byte(c.body), c.header)
		if string(got) != c.want || name != c.name {
			t.Errorf("%s: got %q as %s, want %q as %s", c.how, got, name, c.want, c.name)
		}
	}
}

func TestUTF8_DeclarationBeyondPrescan(t *testing.T) {
	t.Parallel()
	doc := strings.Repeat(" ", prescan) + "<meta charset=koi8-r>" + page(samples[0].text)
	got, name := UTF8(encode(t, "windows-1251", doc), "")
	if name != "windows-1251" || string(got) != doc {
		t.Errorf("a declaration after 4 KB was believed: %s", name)
	}
}

func FuzzUTF8(f *testing.F) {
	for _, s := range samples {
		f.Add(encode(f, s.name, page(s.text)), "text/html; charset="+s.name)
		f.Add(encode(f, s.name, s.text), "")
	}
	f.Add([]byte("\xff\xfe<\x00a\x00"), "")
	f.Add([]byte("\xef\xbb\xbf\xef\xbb\xbf\xff\xff\xff\xff\xff\xff\xff\xff"), "text/html; charset=utf-8")
	f.Add([]byte("\xff\xfe\x00\x00<\x00\x00\x00\x01"), "x;charset=")
	f.Add([]byte("<?xml version='1.0' encoding='hz-gb-2312'?>~{<:~}"), "")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		before := bytes.Clone(body)
		text, name := UTF8(body, contentType)
		if !utf8.Valid(text) {
			t.Errorf("not UTF-8 (%s): %q", name, text)
		}
		if name == "" {
			t.Error("no name")
		}
		if len(text) > 4*len(body) {
			t.Errorf("%d bytes became %d", len(body), len(text))
		}
		if !bytes.Equal(body, before) {
			t.Error("the body was changed")
		}
	})
}

func BenchmarkUTF8(b *testing.B) {
	doc := page(strings.Repeat(samples[0].text, 400))
	for _, c := range []struct {
		name   string
		body   []byte
		header string
	}{
		{"utf8", []byte(doc), "text/html; charset=utf-8"},
		{"declared1251", encode(b, "windows-1251", doc), "text/html; charset=windows-1251"},
		{"undeclared1251", encode(b, "windows-1251", doc), ""},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c.body)))
			for b.Loop() {
				UTF8(c.body, c.header)
			}
		})
	}
}
