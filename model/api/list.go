package api

import "fmt"

// ListEndless is the failure of a list that was given up after n images.
func ListEndless(n int) *Failure {
	return listFailure(fmt.Sprintf("The list has no end: the server gave %d images, and offers more.", n))
}

// ListRepeats is the failure of a list that cannot be read on after n images: the
// server ignores the marker by which the next page is asked for.
func ListRepeats(n int) *Failure {
	return listFailure(fmt.Sprintf("Not all images could be read: after %d images the server repeats them instead of the next page.", n))
}

func listFailure(means string) *Failure {
	return &Failure{
		Doing: "read the whole list", Kind: FailedNotAnImage, Means: means,
		Advice: "work with those that were read, and tell the cloud's operators",
	}
}
