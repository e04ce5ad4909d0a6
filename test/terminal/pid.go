package terminal

// Pid is the number of the program's process.
func (m *Terminal) Pid() int { return m.cmd.Process.Pid }
