// Package modeltest makes random images and random edits of them, for tests.
//
// What it makes is valid on a real server: no characters beyond U+FFFF, only
// http locations from a given list, formats wherever there is data, and no
// edit that no patch can express. The same choices give the same image.
package modeltest
