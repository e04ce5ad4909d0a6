// Package faults makes a service misbehave on purpose, as real services, their
// proxies and the networks before them do: an [Injector] stands around an
// http.Handler and lets chosen requests end in a chosen way.
//
// What can go wrong is declared once, as the table [Kinds]; which requests a
// fault strikes, as the table [Places]. A fault is written as text, the same
// on the command line and in a test:
//
//	[WHERE:]FAULT[=VALUE][,SETTING[=VALUE]...][@WHICH]
//
//	patch:drop-after               every edit is carried out, its answer lost
//	list:503,retry-after=2@1-2     the first two pages of the list
//	get:401@3                      the third reading of an image
//	delay=2s                       every request
//
// Several faults strike one after another, the first one outermost.
package faults
