//go:build unix

package sqlstore

import "golang.org/x/sys/unix"

// freeSpace returns how many bytes this program may still write in a folder.
func freeSpace(folder string) (bytes int64, known bool) {
	var disk unix.Statfs_t
	if err := unix.Statfs(folder, &disk); err != nil {
		return 0, false
	}
	return int64(disk.Bavail) * int64(disk.Bsize), true
}
