// Package wire is the JSON of the public interface: how a request becomes a
// usage, and an estimate or an error becomes text. The server and the command
// line share it, so that both say the same.
package wire
