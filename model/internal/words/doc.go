// Package words writes values of images for users.
package words
