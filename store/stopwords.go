package store

import "newsdesk/internal/wordset"

// stopWords say little about what a text is about: articles, pronouns, forms of
// "to be", question words. Words that mean something else in another of the
// languages ("die", "war", "son") are left out on purpose.
var stopWords = wordset.Of(`
	a about after again all also am an and any are as at be because been before being between both but by
	can could did do does doing done during each few for from further had has have having he her here hers him his how
	i if in into is it its itself just like me more most my no nor not of off on once only or other our ours out over own
	s same she should so some such t than that the their theirs them then there these they this those through to too
	under until up us very was we were what when where which while who whom whose why will with would you your yours
	tell say says said happen happened happens anything latest news

	der das dem den des ein eine einer eines einem einen und oder aber nicht ist sind wurde wurden wird werden hat haben
	mit von vom zum zur auf bei nach aus auch wie wer wo wann warum welche welcher welches ich er sie es wir ihr

	le les la un une du et ou mais est sont était dans sur pour par avec sans que qui quoi quand où comment pourquoi
	il elle ils elles nous vous ce cette ces au aux

	el los las uno una unos unas y o pero es son fue fueron en del al con sin que quien cuando donde cómo como por para
	su sus se lo

	il lo gli una uno di da nel nella e ma è sono che chi quando dove come perché per con

	os as um uma uns umas do dos da das no na nos nas em e é são foi que quem quando onde
`)
