package summarize

import (
	"strings"
	"sync"
)

// given maps common given names in small letters to the pronoun that stands
// for their bearers: 'h' for he, 's' for she, 'x' where it may be either.
var given = sync.OnceValue(func() map[string]byte {
	m := make(map[string]byte)
	for _, l := range [...]struct {
		of   byte
		list string
	}{{'h', givenHe}, {'s', givenShe}, {'x', givenEither}} {
		for n := range strings.FieldsSeq(l.list) {
			m[n] = l.of
		}
	}
	return m
})

// givenTo is given of the first word of a name.
func givenTo(name string) byte {
	first, _, _ := strings.Cut(name, " ")
	return given()[strings.ToLower(first)]
}

const (
	givenHe = `john james robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven
		paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry
		justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose adam henry nathan
		douglas zachary peter kyle walter ethan jeremy harold keith christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan
		bryan joe jordan billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent russell elijah louis bobby philip johnny
		luis carlos miguel jorge pedro pablo antonio manuel francisco javier fernando rafael diego sergio alberto eduardo ricardo mohammed
		muhammad mohamed ahmed ali omar hassan hussein ibrahim khalid abdullah mahmoud mustafa yusuf osama bashar vladimir dmitry sergei ivan
		igor mikhail boris alexei oleg nikolai viktor yuri volodymyr andriy petro wei xi li narendra rahul amit raj rajesh sanjay vijay sunil anil arun
		ravi suresh ramesh arvind ashok manoj deepak imran nawaz shahid emmanuel jean pierre jacques françois francois nicolas alain marcel hans
		klaus jürgen wolfgang stefan olaf friedrich heinrich marco giovanni giuseppe matteo silvio luca andrea joao joão luiz paulo marcos lula
		recep tayyip benjamin yitzhak ehud shimon moshe kim joon jong bill bob tom tim jim mike steve dave dan ben sam matt nick greg jeff ken ron
		rick ted chuck phil ed fred barack donald joe mitt bernie marco ted lebron tiger roger rafael novak andy cristiano lionel neymar wayne
		edwin harry simon nigel gordon tony ian neil stuart graham craig darren gareth liam owen callum hugh rupert piers alistair hamish gavin`
	givenShe = `mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily
		donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela
		emma nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia
		victoria lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison
		frances kathryn janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie
		brittany charlotte marie kayla alexis lori hillary nancy angela theresa condoleezza michelle melania ivanka oprah beyonce taylor rihanna
		serena venus kate meghan camilla anne claire fiona emily lucy sophie chloe jane gemma carla ana lucia carmen isabel rosa elena sofia
		fatima aisha malala zainab khadija indira sonia priyanka sushma mamata smriti deepika aung marine ségolène ursula annegret greta
		brigitte giulia chiara dilma cristina olga svetlana natalia tatiana yulia irina ekaterina`
	givenEither = `alex chris pat kim lee jamie casey robin taylor morgan jordan leslie dana kelly tracy sam jackie kerry drew cameron avery andrea jean`
)
