// Package words writes values of images for people.
package words
