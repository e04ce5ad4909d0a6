package rules

// For the tests.

const HiddenLocations = hiddenLocations
const OneHiddenLocation = oneHiddenLocation
const SchemaFault = schemaFault
const SortedLocations = sortedLocations
const TogetherBuilt = togetherBuilt
const TogetherFull = togetherFull
const TogetherRefused = togetherRefused
const UUIDPattern = uuidPattern
const WhyHiddenLocations = whyHiddenLocations

var Blocks = blocks
var CheckAddress = checkAddress
var EmbeddedSchema = defaultSchema
var OpeningAdvice = openingAdvice
