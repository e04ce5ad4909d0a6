package model

// For the tests.

const DeepestValue = deepestValue

var AllAttributes = attributes
var AlwaysShown = alwaysShown
var BasePlaces = basePlaces
var EncodeTime = encodeTime
var ErrNotAnObject = errNotAnObject
