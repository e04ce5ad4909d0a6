package filter

// For the tests.

var ContainsFold = containsFold
