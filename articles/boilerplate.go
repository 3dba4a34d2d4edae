package articles

import "newsdesk/internal/pattern"

// The tables below name what stands around articles on many sites and is not
// the article. Each pattern is matched against one whole line. They are general
// on purpose: a pattern that serves one site only does not belong here.

// furniture is dropped wherever it stands: calls to click, share, subscribe or
// follow, advertising marks, picture credits, copyright, the reporters' own
// contacts and credits.
var furniture = newLineTable(
	// advertising and page controls
	`(?:advertisements?|sponsored(?: content| by .{1,40})?|promoted(?: content)?|anzeige|werbung|publicidad|publicité|pubblicità|reklama|реклама|广告|広告)(?: ?[-–—:] ?.{0,40})?[.:]?`,
	`(?:story |article )?(?:continues?|continue reading|scroll down)(?: reading)?(?: (?:below|after|under))?(?: (?:the )?(?:advertisement|ad|video|promo))?\.*`,
	`(?:skip (?:to (?:main )?content|advert.*|past .*)|back to top|close|menu|print(?: this(?: page| article)?)?|printer-friendly version|loading\.*|play(?: video)?|watch (?:now|live)|listen(?: now| to (?:this )?(?:article|story).*)?|video|audio|photos?|gallery|image|primary image|no items found\.?|chevron_\w+|view (?:all|more|gallery|photos?)|see (?:all|more)|load more|show (?:more|less)|hide|expand|next|previous|1 of \d+|\d+ / \d+)`,
	`(?:this post|this article|this page|we|our site|this site)\b.{0,60}\baffiliate (?:links?|commissions?|programs?|advertising)\b.{0,200}`,
	// read on
	`\W{0,3}(?:read (?:more|also|next|on|this)|see (?:also|more)|also read|related(?: (?:story|stories|articles?|content|coverage|news|posts?|reading|links?|topics?|video))?|more(?: (?:on|from) (?:this|the) (?:story|topic))?|learn more|watch|listen|don't miss|must read|recommended(?: reading)?|you may (?:also )?like|up next|lire aussi|à lire aussi|lesen sie auch|mehr zum thema|lea también|lee también|leggi anche|leia (?:também|mais)|lees ook|læs også|les også|läs också|zobacz także|czytaj także|czytaj też|читайте также|читать далее|relacionado|関連記事|相关(?:新闻|阅读|文章)|延伸阅读) ?[:：|»›>].{0,200}`,
	`(?:read more|read next|learn more|find out more|see more|continue reading|read the full (?:story|article|report)|read more here|more info(?:rmation)?|click here|lire la suite|weiterlesen|leer más|leggi tutto|ler mais|lees meer)(?: here| now)?[.…»›> →]*`,
	`(?:get|click here|tap here|click).{0,80}\b(?:on the go|click(?:ing)? here|here to (?:read|subscribe|sign|join|get|see|find|watch|download|learn)|our app)\b.{0,80}`,
	`(?:where to buy|buy now|shop now|order now|book now|get started(?: today)?|get matched|request a (?:demo|quote)|start (?:your )?free trial|contact us(?: today)?|download (?:now|the app.{0,40}|chart image.{0,40})|add to cart|sign up|log in|subscribe(?: now| today)?)[.!]*(?: ?\| ?.{0,60})?`,
	// share, follow, subscribe
	`(?:share|tweet|pin|email|print|whatsapp|facebook|twitter|linkedin|reddit|telegram|copy link|save|bookmark|teilen|compartir|partager|condividi|compartilhar|поделиться|分享)(?:[\s,|/·•]+(?:on|via|this|it|with|by|to|share|tweet|pin|email|e-mail|print|whatsapp|facebook|twitter|x|linkedin|reddit|telegram|pinterest|copy|link|save|article|story|post|page|friends?|url|instagram|messenger|flipboard|pocket))*\s*[:.!]?`,
	`(?:like|enjoy(?:ed)?|found) this (?:story|article|post)\W{1,3}.{0,120}`,
	`(?:please )?(?:sign up|subscribe|register|join)\b.{0,60}\b(?:newsletters?|mailing list|emails?|e-mail|alerts?|updates?|channel|notifications?|briefing|inbox|podcast)\b.{0,200}`,
	`(?:sign up|subscribe|newsletter)\s?[:|].{0,200}`,
	`(?:get|receive|want|have)\b.{0,80}\b(?:(?:in|to|straight to|delivered to) your inbox|newsletters?|by email|email alerts?)\b.{0,140}`,
	`thank(?:s| you) for (?:signing up|subscribing|reading|registering)[.!]?.{0,60}`,
	`(?:keep an eye on your inbox|there was an error processing|please check your (?:email|inbox)|you have been subscribed|enter your e-?mail|your e-?mail address|by (?:signing up|submitting|clicking|subscribing),? (?:you|i)\b).{0,240}`,
	`(?:follow|find|like|join|connect with|tweet|contact|email|e-mail|reach|write to|message)\b.{0,80}\b(?:on|at|via|us on)\b.{0,20}(?:twitter|facebook|instagram|linkedin|youtube|tiktok|telegram|whatsapp|google news|threads|mastodon|bluesky|@\w|\w+@|https?:|www\.).{0,160}`,
	`follow .{0,50}\b(?:full |complete |more )?coverage\b.{0,120}`,
	`(?:ติดตาม|フォロー|关注我们|关注).{0,80}`,
	// addresses alone on a line
	`(?:(?:facebook|twitter|line|เฟซบุ๊ก|ทวิตเตอร์|web(?:site)?|e-?mail|tel|phone|fax)\b.{0,12}[:= ]\s*)?(?:https?://|www\.|@)\S{2,160}`,
	`(?:twitter|facebook|instagram|fb)\.(?:com|me)/\S{1,80}`,
	// credits
	`\W{0,2}(?:(?:main|featured|lead|cover|file) )?(?:photo(?:graph)?|image|picture|foto|bild|video|illustration|graphic|screenshot)s?(?: ?(?:credits?|courtesy(?: of)?|source|quelle|:|/|©))+.{0,120}`,
	`\W{0,2}(?:photo(?:graph)?|image|picture|foto|bild|video|illustration|graphic|screenshot)s? (?:by|via|from) (?-i:\p{Lu})[^.]{0,80}`,
	`(?:image|photo|picture)s? (?:used )?(?:under|with|by) (?:license|permission|licence).{0,80}`,
	`\W{0,2}(?:credits?|photo credit|image credit|source|via|quelle|fonte|fuente) ?[:：].{0,100}`,
	`\W{0,2}\((?:photo|image|picture|foto|ap photo|reuters|getty|file|courtesy|credit)\b[^)]{0,140}\)`,
	`(?:\(c\)|copyright,? (?:\(c\)|by |\d{4}|(?-i:\p{Lu})\S* (?:\S+ ){0,2}\d{4})).{0,200}`,
	`(?:citation|cite this)\s?:.{0,400}`,
	`(?:(?:additional |more )?reporting|writing|editing|edited|compiled|translated|written|produced) by (?-i:\p{Lu})(?:[^.]|\.\w|(?-i:\b\p{Lu}\.)){1,200}`,
	`the[- ]cnn[- ]wire|-?30-`,
	`###|\* ?\* ?\*|[-–—_*=•·.~#\s]{1,80}`,
	`(?:die|der) (?:hier )?(?:geäußerten?|vertretenen?|ausgedrückten?) (?:meinung|ansicht)en?\b.{0,200}`,
	`les (?:opinions|propos|avis)\b.{0,40}\bexprimé.{0,200}`,
	`las opiniones (?:expresadas|vertidas|aquí)\b.{0,200}`,
	`as opiniões (?:expressas|aqui)\b.{0,200}`,
	`(?:disclaimer|disclosure|haftungsausschluss)\s?[:：-].{0,600}`,
	`(?:have you got|do you have) (?:a|an|any) (?:story|tip|issue|question|news)\b.{0,200}`,
	`(?:\d+ )?(?:min(?:ute)?s?(?: |-)read|read(?:ing)? time ?:? ?\d+.{0,10}|\d+ (?:shares?|views?|likes?|reactions?|claps?))`,
	`(?:tags?|topics?|categor(?:y|ies)|filed under|keywords?|labels?|posted in|schlagwörter|etiquetas|mots-clés|теги)\s?[:：].{0,300}`,
	`table of contents(?:\W*\[?(?:hide|show)\]?)*|in this (?:article|guide|post|story)\s?:?|jump to(?: section)?\s?:?|contents\s?:?|\**click to auto.?scroll.{0,30}|inhaltsverzeichnis`,
	`(?:the )?post .{1,200} (?:appeared first on|first appeared on) .{1,100}`,
)

// notices are lines known by words in their middle.
var notices = compile(
	`(?:.{3,40}) can be (?:reached|contacted|followed) (?:at|on|via)\b.{0,120}`,
	`[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{2,30}){1,3}`,
	`.{0,12}©.{0,200}`,
	`.{0,80}\bwe (?:may )?(?:earn|receive|get) (?:a|an) (?:small )?(?:affiliate )?commission\b.{0,160}`,
	`.{0,60}\b(?:daily|weekly|free|our|email|e-mail) newsletters?\b.{0,60}`,
	`(?:.{0,40}[/|] ?)?(?:getty images?|shutterstock|istock(?:photo)?|alamy|unsplash|pexels|ap photo|reuters|afp|dpa|epa|imago)(?: ?[/|] ?.{0,40})?\W{0,2}`,
	`.{0,200}\ball rights reserved\b.{0,160}`,
	`.{0,80}\bmaterial may not be (?:published|reproduced|republished).{0,200}`,
	`.{2,200}\bcontributed (?:to (?:this|the) (?:report|story|article|piece)|reporting)\b.{0,80}`,
	`.{0,40}\bassociated press (?:writers?|reporters?|journalists?)\b.{0,200}`,
	`.{0,60}\b(?:we|this (?:web)?site|our (?:web)?site|our partners)\b.{0,30}\buses? cookies\b.{0,240}`,
	`(?:by .{0,60}|.{0,40}\b(?:our|agree to|accept|read|view)\b.{0,40})\b(?:cookie (?:policy|settings|preferences)|privacy (?:policy|notice|settings)|terms (?:of (?:use|service)|& conditions|and conditions))\b.{0,60}`,
	`(?:(?:cookie|privacy) (?:policy|settings|notice|preferences)|terms (?:of (?:use|service)|& conditions|and conditions))(?:\W{1,3}(?:(?:cookie|privacy) (?:policy|settings|notice|preferences)|terms (?:of (?:use|service)|& conditions|and conditions)))*`,
	`.{0,60}\b(?:views?|opinions?|thoughts)(?: (?:and|or) (?:\w+ )?(?:views?|opinions?|tips))?(?: \w+){0,2} (?:expressed|published|stated|presented|contained)\b.{0,40}\b(?:in (?:this|the|our)|here(?:in)?|on (?:this|the|our)|by (?:the |our |\w+ )?(?:authors?|writers?|contributors?|columnists?|users?|experts?|guests?)|are (?:those|the authors?'?s?|solely|his|her|their|my|purely)|do(?:es)? not)\b.{0,300}`,
	`.{0,80}\b(?:article|author|writer|columnist|contributor|post|content|publication|comments)s?\b.{0,60}\b(?:does|do) not (?:necessarily )?(?:reflect|represent)\b.{0,60}\b(?:views?|opinions?|positions?|policy|policies)\b.{0,200}`,
	`.{0,30}الآراء الواردة.{0,200}`,
	`.{0,40}\bthis (?:article|story|report|content|post) (?:was|is|has been)\b.{0,30}\b(?:originally|first|automatically|auto-?)[- ]?(?:published|appeared|posted|generated|written)\b.{0,160}`,
	`.{0,60}\b(?:comments?|comentários|comentarios|kommentare?|commentaires)\b.{0,40}\b(?:moderat(?:ed|ion)|moderador|moderiert|modérés|not be (?:approved|published)|não serão|no se publicar|are closed|responsabilidad)\b.{0,200}`,
)

// lastWords are headings after which only links, comments or notes on the
// author and the outlet follow.
var lastWords = compile(
	`(?:you (?:may|might)|others) (?:also )?(?:like|enjoy|be interested in|find|read|want)(?: (?:to read|these|this))?\W*`,
	`(?:related|recommended|similar|further|suggested|popular|latest|recent|more|other|trending|top|must[- ]read|most (?:popular|read|viewed)|featured|our latest)(?: \w+){0,2}(?: (?:articles?|stories|story|posts?|news|content|reading|links?|topics?|videos?|reads?|headlines|coverage|resources|blogs?|recipes|products?|guides?|insights))(?: (?:from|on|by|in|you may enjoy|for you)\b.{0,40})?\W*`,
	`related|recommended|read next|up next|what to read next|keep reading|more to (?:read|explore|love|come)|explore (?:more|further)|explore further|dig deeper|don't miss|also in the news|in case you missed it|editors?'? picks|from the web|around the web|from our partners|trending(?: now)?|this might be interesting to you\W*|front page`,
	`(?:more|popular|latest|also|trending|elsewhere) (?:from|on|in|by|about) .{2,40}`,
	`(?:\d+ )?(?:comments?|responses?|replies|thoughts on .{1,200})(?: \(\d+\))?|(?:leave|post|add|write) (?:a|your) (?:comment|reply)|join the (?:conversation|discussion)|what do you think\?|comentar(?:ios?)?|comentários?|deixe (?:um|seu) comentário|kommentare?|commentaires?|commenti|reacties|комментари[ий]|コメント|评论|댓글`,
	`about the authors?|about (?:the )?(?:writer|company|us)|author bio|meet the author|über den autor|sobre (?:el|la|o|a) autora?|à propos de l'auteur|media contacts?|press contacts?|contacts?|for (?:more|further) information(?:,? (?:please )?contact\W*)?|notes? to editors?|boilerplate|disclaimer|disclosures?`,
	`tags|topics|share(?: (?:this|it|your story))?(?: (?:post|article|story|on|with))?\W*|share this\W*|follow us\W*|stay (?:connected|informed|up to date)|subscribe(?: to .{0,40})?|newsletter(?: sign-?up)?|sign up for .{0,60}|get in touch|connect with us`,
	`footnotes?|references|sources|citations|bibliography|works cited`,
	`mehr zum thema|das könnte sie auch interessieren|weitere (?:artikel|themen|nachrichten)|verwandte (?:artikel|themen)|auch interessant|meistgelesen`,
	`à lire aussi|sur le même (?:sujet|thème)|lire aussi|articles (?:similaires|liés)|les plus lus`,
	`(?:noticias|artículos|contenidos?) relacionad[oa]s|te puede interesar|también te puede interesar|más (?:leídas|noticias|sobre)|relacionad[oa]s`,
	`articoli correlati|leggi anche|potrebbe interessarti|notícias relacionadas|veja também|leia (?:também|mais)|matérias relacionadas|mais lidas`,
	`lees ook|gerelateerd(?:e artikelen)?|czytaj (?:także|też|więcej)|zobacz (?:także|też|również)|polecane|související(?: články)?|читайте также|материалы по теме|по теме|похожие (?:статьи|новости|материалы)`,
	`関連(?:記事|ニュース|リンク)|相关(?:新闻|阅读|文章|报道)|延伸阅读|推荐阅读|관련 ?기사|เรื่องที่เกี่ยวข้อง|ข่าวที่เกี่ยวข้อง|اقرأ أيضا(?:ً)?|مواضيع ذات صلة|כתבות נוספות`,
)

// notes are closing headings under which prose stands that is not the article;
// comments those under which readers write.
var (
	notes    = compile(`about the authors?|about (?:the )?(?:writer|company|us)|author bio|meet the author|über den autor|sobre (?:el|la|o|a) autora?|à propos de l'auteur|media contacts?|press contacts?|notes? to editors?|boilerplate|footnotes?|references|sources|citations|bibliography|works cited|disclaimer|disclosures?`)
	comments = compile(`(?:\d+ )?(?:comments?|responses?|replies|thoughts on .{1,200})(?: \(\d+\))?|(?:leave|post|add|write) (?:a|your) (?:comment|reply)|join the (?:conversation|discussion)|comentar(?:ios?)?|comentários?|kommentare?|commentaires?|commenti|reacties|комментари[ий]|コメント|评论|댓글`)
)

// masthead is what stands between a headline and the first sentence: dates,
// names, sections, reading times.
var masthead = compile(
	`(?:by|von|par|por|di|door|written by|posted by|published by|story by|text by|author|byline)\b:? ?(?-i:\p{Lu})\S* .{2,90}`,
	`\W{0,3}(?:published|posted|updated|last (?:updated|modified|edited)|date|submitted|created|release date|first published|veröffentlicht|publié|publicado|pubblicato|aktualisiert|обновлено|опубликовано)\b(?: on| at| in|:)*.{0,100}`,
	`\W{0,3}(?:(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?[,. ]+)?(?:\d{1,2}(?:st|nd|rd|th)?[. ]+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*[. ]+\d{1,4}(?:st|nd|rd|th)?(?:,? \d{4})?\b.{0,60}`,
	`\W{0,3}\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b.{0,60}`,
	`\d{4}年\d{1,2}月\d{1,2}日.{0,40}`,
	`(?:.{0,40}[ |·•,])?\d{1,2} ?(?:min(?:ute)?s?|mins?)(?: |-)read\b.{0,20}`,
	`(?:home|news|politics|world|business|sports?|opinion|culture|tech(?:nology)?|science|health|press releases?|latest news|local|national|entertainment|lifestyle|breaking(?: news)?|exclusive|analysis|live)(?: ?[>/|»›·•,] ?.{0,80})?`,
	`.{0,60}\b(?:staff (?:writer|reporter)|correspondent|contributor|editor|reporter)\b.{0,20}`,
	`(?:segunda|terça|quarta|quinta|sexta)-feira.{0,60}|(?:sábado|domingo|lunes|martes|miércoles|jueves|viernes|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b,?.{0,10}\d.{0,50}`,
	`key (?:takeaways|highlights|points)\W*|updated|share this post|(?:photo|image|video)s?`,
)

func compile(alternatives ...string) *pattern.Regexp {
	return pattern.MustCompileAny(`(?i)^(?:- )?`, alternatives, `$`)
}
