package calc

import (
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"

	"suanpan/views"
)

const (
	// quietZone is how many light modules the standard wants around a code.
	quietZone = 4
	// maxScanned is the longest text that is made into a code: a longer one
	// could not be scanned from a screen.
	maxScanned = 300
	// maxCodes bounds the codes that are kept, each of some 5 KB: to choose a mask
	// takes a millisecond.
	maxCodes = 1000
)

// qrCode returns the QR code of a text, or an empty one if the text is too
// long. The dark modules are one path of runs along the rows.
func qrCode(text string) (views.QRCode, error) {
	if len(text) > maxScanned {
		return views.QRCode{}, nil
	}
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return views.QRCode{}, err
	}
	size := code.Bounds().Dx()
	dark := func(x, y int) bool {
		if x >= size {
			return false
		}
		r, _, _, _ := code.At(x, y).RGBA()
		return r == 0
	}
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			run := 0
			for dark(x+run, y) {
				run++
			}
			if run > 0 {
				n := strconv.Itoa(run)
				path.WriteString("M" + strconv.Itoa(x+quietZone) + " " + strconv.Itoa(y+quietZone) + "h" + n + "v1h-" + n + "z")
				x += run
			}
		}
	}
	return views.QRCode{Size: strconv.Itoa(size + 2*quietZone), Path: path.String()}, nil
}
