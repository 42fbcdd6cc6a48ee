package sqlstore

import (
	"bytes"

	"github.com/klauspost/compress/zstd"
)

// Documents repeat themselves: names, sources and sentences stand at every item.
// They are kept compressed (RFC 8878), which the first bytes say. Those that were
// saved before documents were compressed are there as they are, and a document
// that begins like a compressed one is compressed in any case.

// packedMagic is what a compressed document begins with.
var packedMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}

// maxUnpacked bounds what becomes of a compressed document.
const maxUnpacked = 64 << 20

// packer and unpacker are safe for concurrent use. The window is wide enough for
// every document, and they take no more memory than that.
var (
	packer, _   = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(2), zstd.WithWindowSize(1<<20), zstd.WithLowerEncoderMem(true))
	unpacker, _ = zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderMaxMemory(maxUnpacked), zstd.WithDecoderLowmem(true))
)

// pack returns a document as it is stored; nil stays nil.
func pack(document []byte) []byte {
	if document == nil {
		return nil
	}
	packed := packer.EncodeAll(document, nil)
	if len(packed) >= len(document) && !bytes.HasPrefix(document, packedMagic) {
		return document
	}
	return packed
}

// unpack returns the document that is stored. One that cannot be unpacked comes
// back as it is: its hash says that it is damaged.
func unpack(stored []byte) []byte {
	if !bytes.HasPrefix(stored, packedMagic) {
		return stored
	}
	document, err := unpacker.DecodeAll(stored, nil)
	if err != nil {
		return stored
	}
	return document
}
