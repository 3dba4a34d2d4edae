// Package llmtest is a language model's server on loopback that does as it is
// told: it answers, slowly or wrongly or not at all. It speaks OpenAI's chat
// completions and Anthropic's messages, and fails the test on a request that
// either would refuse.
//
//	server := llmtest.New(t)
//	server.Default(llmtest.Says(`{"headline": "…", "facts": []}`))
//	server.Next(llmtest.Status(429, "Retry-After", "2"), llmtest.Cut())
package llmtest
