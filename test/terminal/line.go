package terminal

import "time"

// Line is what is between a program and its terminal. The zero value is
// nothing: both are on one machine.
type Line struct {
	// Rate is how many bytes a second pass in each direction; 0 for no limit. A
	// line of 9600 baud passes 960.
	Rate int
	// Delay is how long a byte takes in each direction.
	Delay time.Duration
	// Mute is a terminal that answers no question.
	Mute bool
	// Term is the terminal's type for the program; "" is xterm-256color with
	// millions of colors.
	Term string
}

// parcel is some bytes on the line.
type parcel struct {
	bytes []byte
	due   time.Time
}

// pipe is one direction of a line: what is put in is given to deliver, in order,
// when it is due.
type pipe struct {
	in   chan parcel
	done chan struct{}
}

// newPipe makes a pipe that carries until it is closed, or until stop is.
func newPipe(deliver func([]byte), stop <-chan struct{}) *pipe {
	p := &pipe{in: make(chan parcel, 1<<14), done: make(chan struct{})}
	go func() {
		defer close(p.done)
		for {
			select {
			case b, open := <-p.in:
				if !open {
					return
				}
				time.Sleep(time.Until(b.due))
				deliver(b.bytes)
			case <-stop:
				return
			}
		}
	}()
	return p
}

// close waits until all is delivered.
func (p *pipe) close() {
	close(p.in)
	<-p.done
}

// chunk is how much is taken from a program at once: of a slow line little, so
// that what it cannot carry waits in the program as it would.
func (l Line) chunk() int {
	if l.Rate > 0 {
		return max(16, l.Rate/20)
	}
	return 32 << 10
}

// carry takes the time that a line needs for so many bytes.
func (l Line) carry(n int) {
	if l.Rate > 0 {
		time.Sleep(time.Duration(n) * time.Second / time.Duration(l.Rate))
	}
}

// environment tells a program of its terminal.
func (l Line) environment() []string {
	if l.Term != "" {
		return []string{"TERM=" + l.Term, "COLORTERM="}
	}
	return []string{"TERM=xterm-256color", "COLORTERM=truecolor"}
}
