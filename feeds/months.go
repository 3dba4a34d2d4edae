package feeds

import (
	"strings"
	"time"
)

// monthNames lists what the months are called, in full and short, in English,
// German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian,
// Ukrainian, Czech, Turkish, Swedish, Danish, Norwegian, Finnish, Romanian,
// Hungarian, Indonesian and Greek. Names of days need no list: the only words
// that are not skipped are those that mean something in a date.
var monthNames = [12]string{
	`january jan januar jänner jän janvier janv enero ene janeiro gennaio gen januari styczeń stycznia sty январь января янв
	 січень січня січ leden ledna led ocak oca tammikuu tammikuuta tammi ianuarie ian január ιανουάριος ιανουαρίου ιαν`,
	`february feb februar februari février févr fév fevrier fevr febrero fevereiro fev febbraio febb luty lutego lut февраль февраля фев
	 лютий лютого лют únor února úno şubat subat şub helmikuu helmikuuta helmi februarie február febr φεβρουάριος φεβρουαρίου φεβ peb`,
	`march mar märz mrz mär maerz mars marzo março marco maart mrt marzec marca март марта мар березень березня бер březen března bře
	 mart maaliskuu maaliskuuta maalis martie március márc maret μάρτιος μαρτίου μαρ`,
	`april apr avril avr abril abr aprile kwiecień kwietnia kwi апрель апреля апр квітень квітня кві duben dubna dub nisan nis
	 huhtikuu huhtikuuta huhti aprilie április ápr απρίλιος απριλίου απρ`,
	`may mai mayo maio maggio mag mei maj maja май мая травень травня тра květen května kvě mayıs toukokuu toukokuuta touko május máj
	 μάιος μαΐου μαϊ`,
	`june jun juni juin junio juno junho giugno giu czerwiec czerwca cze июнь июня июн червень червня чер červen června čvn haziran haz
	 kesäkuu kesäkuuta kesä iunie iun június jún ιούνιος ιουνίου ιουν`,
	`july jul juli juillet juil julio julho luglio lug lipiec lipca lip июль июля июл липень липня лип červenec července čvc temmuz tem
	 heinäkuu heinäkuuta heinä iulie iul július júl ιούλιος ιουλίου ιουλ`,
	`august aug août aout aoû agosto ago augustus sierpień sierpnia sie август августа авг серпень серпня сер srpen srpna srp ağustos
	 agustos ağu agu elokuu elokuuta elo augusti augusztus agustus ags αύγουστος αυγούστου αυγ`,
	`september sep sept septembre septiembre setiembre setembro set settembre sett wrzesień września wrz сентябрь сентября сен сент
	 вересень вересня вер září zář eylül eylul eyl syyskuu syyskuuta syys septembrie szeptember szept σεπτέμβριος σεπτεμβρίου σεπ`,
	`october oct oktober okt octobre octubre outubro out ottobre ott październik października paź октябрь октября окт жовтень жовтня
	 жов říjen října říj ekim eki lokakuu lokakuuta loka octombrie október οκτώβριος οκτωβρίου οκτ`,
	`november nov novembre noviembre novembro listopad listopada lis ноябрь ноября ноя kasım kasim kas marraskuu marraskuuta marras
	 noiembrie noi nopember νοέμβριος νοεμβρίου νοε нояб`,
	`december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre grudzień grudnia gru декабрь декабря дек
	 грудень грудня гру prosinec prosince pro aralık aralik ara joulukuu joulukuuta joulu decembrie desember des δεκέμβριος δεκεμβρίου δεκ`,
}

// months finds a month by its name in lower case.
var months = func() map[string]time.Month {
	m := make(map[string]time.Month, 500)
	for i, names := range monthNames {
		for name := range strings.FieldsSeq(names) {
			m[name] = time.Month(i + 1)
		}
	}
	// Ukrainian and Czech call November and October by names of other
	// languages' months; the table's reading is the more common one in feeds.
	m["листопад"], m["листопада"], m["лис"] = time.November, time.November, time.November
	return m
}()

// zones are the abbreviations that feeds use, in seconds east of Greenwich.
// Where one has several meanings (CST, BST, IST) the reading is the one that
// prevails in feeds.
var zones = map[string]int{
	"z": 0, "ut": 0, "gmt": 0, "utc": 0, "wet": 0, "мск": 3 * 3600, "msk": 3 * 3600,
	"est": -5 * 3600, "edt": -4 * 3600, "cst": -6 * 3600, "cdt": -5 * 3600, "et": -5 * 3600,
	"mst": -7 * 3600, "mdt": -6 * 3600, "pst": -8 * 3600, "pdt": -7 * 3600, "pt": -8 * 3600,
	"akst": -9 * 3600, "akdt": -8 * 3600, "hst": -10 * 3600, "ast": -4 * 3600, "adt": -3 * 3600,
	"nst": -12600, "ndt": -9000, "brt": -3 * 3600, "art": -3 * 3600, "clt": -4 * 3600,
	"bst": 3600, "west": 3600, "cet": 3600, "cest": 7200, "mez": 3600, "mesz": 7200, "met": 3600, "mest": 7200,
	"eet": 7200, "eest": 3 * 3600, "sast": 7200, "cat": 7200, "eat": 3 * 3600, "wat": 3600, "trt": 3 * 3600,
	"ist": 19800, "pkt": 5 * 3600, "wib": 7 * 3600, "ict": 7 * 3600, "sgt": 8 * 3600, "hkt": 8 * 3600,
	"awst": 8 * 3600, "jst": 9 * 3600, "kst": 9 * 3600, "acst": 34200, "acdt": 37800,
	"aest": 10 * 3600, "aedt": 11 * 3600, "nzst": 12 * 3600, "nzdt": 13 * 3600,
}
