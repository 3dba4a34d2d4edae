package ask

// Weights of the features of a hit, fitted by logistic regression over the hits
// of the development questions.
var (
	rankWeights = [numFeatures]float64{
		fIndex: 2.20, fAll: 1.29, fTitle: 0.44, fWindow: 1.44, fBest: 1.16, fLead: 0.85, fNames: 1.00, fPairs: 1.04, fPlain: 0.90, fBest2: 1.06,
		fDay: 1.11, fWeek: 3.14, fSeason: 2.56, fAfter: -0.41, fOutlet: 1,
	}
	rankUndated = [numFeatures]float64{
		fIndex: 3.85, fAll: 1.4, fTitle: 0.85, fWindow: 2.3, fBest: 1.45, fLead: 2.08, fNames: 1.23, fPairs: 1.5, fPlain: 1.25, fBest2: 1.0,
		fOutlet: 3.1,
	}
)

// Weights of the features of an answer's confidence, fitted by logistic
// regression on the development questions.
var (
	trust = [numConfidence]float64{
		cOne: -5, cCover: 3, cAll: 1, cNames: 1, cPlain: 1, cSentence: 2, cDay: 2,
	}
	trustUndated = [numConfidence]float64{
		cOne: -5, cCover: 3, cAll: 1, cNames: 1, cPlain: 1, cSentence: 2,
	}
)

// voteWeights weigh the features of a candidate answer, fitted by logistic
// regression over the candidates of the development questions.
var voteWeights = [numVotes]float64{vVotes: 1.5}
