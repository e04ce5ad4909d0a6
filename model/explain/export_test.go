package explain

// For the tests.

var CurlURL = curlURL
var GeneralRefusals = generalRefusals
var OpenstackMistakes = openstackMistakes
var PlainWord = plainWord
var Refusals = refusals
