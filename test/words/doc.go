// Package words holds the list of words that are out: private pictures and
// synonyms of a term that is settled (docs/glossary.md), British spelling, and
// retired names. Its test reads all of the tree: string literals, comments,
// Markdown, and the names that are declared, taken apart into their words.
//
// What it cannot see: whether a sentence is good English, whether the right word
// is used in the right sense, a text that is put together from pieces so that
// the words meet only at run time, and the words that are too common to be
// looked for without a reader. “takes”, “holds”, “keeps”, “looks” and “answers”
// are right in many sentences and a habit in others. Nor does it read shell,
// Python, YAML, or code in Markdown.
package words
