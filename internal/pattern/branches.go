package pattern

import (
	"regexp/syntax"
	"slices"
)

// Bounds of the expressions that are tried branch by branch.
const (
	// fastProgram is about the most instructions of a program that package regexp follows in
	// its fast way, by backtracking; the other is many times slower.
	fastProgram = 500
	// maxBranches bounds the branches of an expression.
	maxBranches = 40
)

// branchesOf returns patterns of which a text matches one where it matches a large
// one, and none else; where it is small or cannot be parted, that one.
func branchesOf(tree *syntax.Regexp) []*syntax.Regexp {
	out := split(tree)
	if len(out) < 2 || len(out) > maxBranches {
		return []*syntax.Regexp{tree}
	}
	return out
}

// split parts a pattern of a large program into patterns of smaller ones, as far as it
// can.
func split(re *syntax.Regexp) []*syntax.Regexp {
	if size(re) <= fastProgram {
		return []*syntax.Regexp{re}
	}
	choices := choicesOf(re)
	if len(choices) < 2 {
		return []*syntax.Regexp{re}
	}
	var out []*syntax.Regexp
	for _, c := range choices {
		out = append(out, split(c)...)
	}
	return out
}

// size is about how many instructions the program of a pattern has.
func size(re *syntax.Regexp) int {
	n := 1
	switch re.Op {
	case syntax.OpLiteral:
		n = len(re.Rune)
	case syntax.OpAlternate, syntax.OpCapture:
		n = len(re.Sub)
	}
	for _, sub := range re.Sub {
		n += size(sub)
	}
	if re.Op == syntax.OpRepeat {
		n *= max(1, re.Min, re.Max)
	}
	return n
}

// choicesOf parts a pattern at the alternatives that stand at its beginning, behind
// nothing but what matches no character: each takes with it what stands around them.
func choicesOf(re *syntax.Regexp) []*syntax.Regexp {
	switch re.Op {
	case syntax.OpAlternate:
		return re.Sub
	case syntax.OpCapture:
		return choicesOf(re.Sub[0])
	case syntax.OpConcat:
		at := slices.IndexFunc(re.Sub, func(sub *syntax.Regexp) bool { return !emptyWidth(sub) })
		if at < 0 {
			return nil
		}
		var out []*syntax.Regexp
		for _, choice := range choicesOf(re.Sub[at]) {
			out = append(out, &syntax.Regexp{Op: syntax.OpConcat, Flags: re.Flags, Sub: slices.Concat(re.Sub[:at], []*syntax.Regexp{choice}, re.Sub[at+1:])})
		}
		return out
	}
	return nil
}

// emptyWidth tells a part that matches no character.
func emptyWidth(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return true
	}
	return false
}
