package export_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"suanpan/calc/export"
	"suanpan/calc/quotes"
	"suanpan/calc/wire"
	"suanpan/pricing"
)

// office opens files in LibreOffice and saves them as workbooks again, all of
// them in one run, since starting it takes most of the time.
type office struct {
	t     *testing.T
	in    string
	files []string
	check []func(data []byte)
}

// add has a file opened, and what was saved of it checked.
func (o *office) add(ext string, data []byte, check func(data []byte)) {
	o.t.Helper()
	name := filepath.Join(o.in, strconv.Itoa(len(o.files))+ext)
	if err := os.WriteFile(name, data, 0o600); err != nil {
		o.t.Fatal(err)
	}
	o.files, o.check = append(o.files, name), append(o.check, check)
}

// always has LibreOffice compute every formula of a workbook anew when it opens
// it, instead of believing the values that come with them.
const always = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`

func (o *office) run() {
	o.t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		o.t.Fatalf("LibreOffice is needed to compute the workbooks (libreoffice-calc-nogui): %v", err)
	}
	profile, out := o.t.TempDir(), o.t.TempDir()
	if err := os.Mkdir(filepath.Join(profile, "user"), 0o700); err != nil {
		o.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(always), 0o600); err != nil {
		o.t.Fatal(err)
	}
	args := append([]string{"-env:UserInstallation=file://" + profile, "--headless", "--convert-to", "xlsx", "--outdir", out}, o.files...)
	command := exec.CommandContext(o.t.Context(), program, args...)
	command.WaitDelay = time.Second
	if said, err := command.CombinedOutput(); err != nil {
		o.t.Fatalf("%v: %v\n%s", command, err, said)
	}
	for i, check := range o.check {
		data, err := os.ReadFile(filepath.Join(out, strconv.Itoa(i)+".xlsx"))
		if err != nil {
			o.t.Fatal(err)
		}
		check(data)
	}
}

// change writes a quantity into a cell, as a reader does.
func (b *book) change(row int, quantity int64) {
	b.t.Helper()
	if err := b.f.SetCellInt(b.sheet, "B"+strconv.Itoa(row), quantity); err != nil {
		b.t.Fatal(err)
	}
}

func (b *book) bytes() []byte {
	b.t.Helper()
	data, err := b.f.WriteToBuffer()
	if err != nil {
		b.t.Fatal(err)
	}
	return data.Bytes()
}

// multiply changes the quantities of a document's lines and items at random,
// those that the workbook lets a reader change, and sums it anew in decimals.
func multiply(t *testing.T, random *rand.Rand, d *quotes.Document, b *book) *quotes.Document {
	d = copyOf(t, d)
	var total, prepaid, postpaid decimal.Decimal
	for i := range d.Items {
		item, place := &d.Items[i], b.items[i]
		var one, upFront, afterwards decimal.Decimal
		for j := range item.Lines {
			line := &item.Lines[j]
			amount := decimal.RequireFromString(line.Amount)
			if kind := kindOf(line); kind != "constant" {
				amount = decimal.Decimal{}
				for k := range line.Parts {
					row := place.row[j]
					if kind != "plain" {
						row += 1 + k
					}
					quantity := random.Int64N(100_000)
					b.change(row, quantity)
					amount = amount.Add(amountOf(t, &line.Parts[k], strconv.FormatInt(quantity, 10)))
				}
			}
			one = one.Add(amount)
			if line.Settlement == string(pricing.Prepaid) {
				upFront = upFront.Add(amount)
			} else {
				afterwards = afterwards.Add(amount)
			}
		}
		item.Quantity = 1 + random.Int64N(100)
		b.change(place.amount, item.Quantity)
		times := decimal.NewFromInt(item.Quantity)
		item.Total, item.Prepaid, item.Postpaid = one.StringFixed(2), upFront.StringFixed(2), afterwards.StringFixed(2)
		item.Monthly = one.Round(2).DivRound(decimal.NewFromInt(item.Months), 2).String()
		item.Amount = one.Round(2).Mul(times).String()
		total, prepaid, postpaid = total.Add(one.Round(2).Mul(times)), prepaid.Add(upFront.Round(2).Mul(times)), postpaid.Add(afterwards.Round(2).Mul(times))
	}
	d.Total, d.Prepaid, d.Postpaid = total.String(), prepaid.String(), postpaid.String()
	return d
}

// halves is a quote of amounts that end in half a fen, where binary fractions
// are a little less or more than what they stand for.
func halves(t *testing.T) *quotes.Document {
	d := freeze(t, order(pricing.English, quotes.OrderItem{Usage: usage(t, "tencent-im", `{"dau": 15000}`), Quantity: 1, Option: "pro"}))
	line, item := d.Items[0].Lines[0], d.Items[0]
	line.UnitPrice, line.Parts = "", nil
	d.Items = nil
	var total decimal.Decimal
	for i, amounts := range [][]string{{"1.005"}, {"2.675"}, {"1.115", "-0.100"}, {"0.1", "0.2", "0.005"}, {"1000000.005"}, {"8.345", "0.01"}, {"-0.005"}, {"0.125", "0.12"}} {
		item.Name, item.Lines, item.Quantity = fmt.Sprintf("halves %d", i), nil, 3
		var one decimal.Decimal
		for _, amount := range amounts {
			line.Amount = amount
			item.Lines = append(item.Lines, line)
			one = one.Add(decimal.RequireFromString(amount))
		}
		one = one.Round(2)
		item.Total, item.Prepaid, item.Postpaid, item.Months, item.Amount = one.String(), one.String(), "0.00", 1, one.Mul(decimal.NewFromInt(3)).String()
		total = total.Add(one.Mul(decimal.NewFromInt(3)))
		d.Items = append(d.Items, item)
	}
	d.Total, d.Prepaid, d.Postpaid = total.String(), total.String(), "0.00"
	return d
}

// readersChanges are changes of quantities, and the usage that they are of. A
// cell is named by its line, with a + for each row that it is below it.
var readersChanges = []struct {
	name, product, option, before, after string
	changes                              map[string]int64
}{
	{
		"blocks", "tencent-im", "pro", `{"dau": 15000, "months": 12}`, `{"dau": 45000, "months": 12}`,
		map[string]int64{"dau_overage +": 45_000},
	}, {
		"a block just begun", "tencent-im", "pro", `{"dau": 15000, "live_domestic_mbps": 7, "months": 12}`, `{"dau": 30001, "live_domestic_mbps": 100, "months": 12}`,
		map[string]int64{"dau_overage +": 30_001, "live_domestic": 3_000},
	}, {
		"beyond an allowance", "easemob-im", "ultimate",
		`{"translation_characters": 2500000, "push_dau": 20000, "speech_to_text_messages": 60000}`,
		`{"translation_characters": 3333333, "push_dau": 30000, "speech_to_text_messages": 50001}`,
		map[string]int64{"translation_overage +": 3_333_333, "push_overage +": 30_000, "speech_to_text_overage +": 50_001},
	}, {
		"moderation of several kinds", "easemob-im", "pro",
		`{"moderation": [{"model": "text", "quantity": 10000000}, {"model": "audio_voice", "quantity": 7}, {"model": "image_ocr", "quantity": 1}], "months": 3}`,
		`{"moderation": [{"model": "text", "quantity": 7654321}, {"model": "audio_voice", "quantity": 70000}, {"model": "image_ocr", "quantity": 333}], "months": 3}`,
		map[string]int64{"moderation +": 7_654_321, "moderation ++": 70_000, "moderation +++": 333},
	}, {
		"delivery, relay and the rest", "tencent-trtc", "ultimate",
		`{"deliver_cos_hd_minutes": 50000, "deliver_third_party_4k_minutes": 1000, "relay_tencent_mbps": 200, "relay_third_party_mbps": 10, "screenshots": 22000, "record_mixed_hd_minutes": 3, "transcode_audio_minutes": 1}`,
		`{"deliver_cos_hd_minutes": 123457, "deliver_third_party_4k_minutes": 7, "relay_tencent_mbps": 99, "relay_third_party_mbps": 7917327, "screenshots": 33333, "record_mixed_hd_minutes": 5, "transcode_audio_minutes": 20}`,
		map[string]int64{"delivery +": 123_457, "delivery ++": 7, "relay +": 99, "relay ++": 7_917_327, "screenshots +": 33_333, "recording_overage +": 5, "recording_overage ++": 20},
	}, {
		"a relay that becomes free", "tencent-trtc", "starter", `{"relay_tencent_mbps": 200}`, `{"relay_tencent_mbps": 99}`,
		map[string]int64{"relay +": 99},
	}, {
		"minutes of a dashboard", "tencent-trtc", "ultimate", `{"av_hd_minutes": 1100000, "deliver_cos_sd_minutes": 5, "dashboard": "basic", "months": 1}`,
		`{"av_hd_minutes": 1100000, "deliver_cos_sd_minutes": 1000000000000, "dashboard": "basic", "months": 1}`,
		map[string]int64{"delivery": 1_000_000_000_000},
	}, {
		"rows with factors", "aliyun-multimodal", "payg",
		`{"workloads": [{"rounds": 1000, "asr": "premium", "dialogue": "casual", "model": "deepseek", "tts": "light", "tts_calls": 3}, {"rounds": 7, "asr": "light", "dialogue": "vision"}], "devices": 100, "device_tier": "standard", "months": 13}`,
		`{"workloads": [{"rounds": 123456, "asr": "premium", "dialogue": "casual", "model": "deepseek", "tts": "light", "tts_calls": 5}, {"rounds": 8, "asr": "light", "dialogue": "vision"}], "devices": 1234, "device_tier": "standard", "months": 13}`,
		map[string]int64{"asr +": 123_456, "asr ++": 8, "dialogue +": 123_456, "dialogue ++": 8, "tts": 617_280, "device_subscription": 1234},
	}, {
		"tokens", "inf-llm", "payg",
		`{"models": [{"model": "inf-chat-v1", "input_tokens": 10000000, "output_tokens": 1}], "months": 12}`,
		`{"models": [{"model": "inf-chat-v1", "input_tokens": 12345678, "output_tokens": 1000001}], "months": 12}`,
		map[string]int64{"input_tokens": 12_345_678, "output_tokens": 1_000_001},
	},
}

// TestLibreOffice: another program reads what is written and computes the same
// from it, as it is and after a quantity was changed.
func TestLibreOffice(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("starts LibreOffice: left to the run that is not short")
	}
	o := &office{t: t, in: t.TempDir()}
	random := rand.New(rand.NewPCG(3, 4))
	// laidOut is the document whose rows the workbook has.
	recomputed := func(name string, laidOut, d *quotes.Document, data []byte) {
		o.add(".xlsx", data, func(data []byte) {
			t.Run(name, func(t *testing.T) {
				b := find(t, open(t, data), laidOut)
				b.holdsTotals(d)
				if got := b.text("A", 1); got != d.Title || b.formula("A", 1) != "" {
					t.Errorf("the title is %q (formula %q)", got, b.formula("A", 1))
				}
				if got, want := b.text("B", 5)+b.text("B", 6), d.Customer+d.PreparedBy; got != want {
					t.Errorf("the head says %q, want %q", got, want)
				}
				const line = "second, \"quoted\" _x0041_" // which is an A in the language of the files
				if !slices.ContainsFunc(b.rows, func(r []string) bool { return len(r) > 1 && r[1] == line }) {
					t.Errorf("the note does not say %q", line)
				}
			})
		})
	}
	for _, l := range languages {
		for n, d := range some(t, l, 4) {
			b := find(t, workbook(t, d, address), d)
			name := fmt.Sprintf("%s %d", l, n)
			if (n%2 == 0) == (l == pricing.Chinese) {
				name += ", changed"
				d = multiply(t, random, d, b)
			}
			recomputed(name, d, d, b.bytes())
		}
	}
	d := halves(t)
	recomputed("halves of a fen", d, d, find(t, workbook(t, d, address), d).bytes())

	// What a reader changes comes to what the engine has for the same usage.
	var same *quotes.Document
	for n, tt := range readersChanges {
		item := func(inputs string, times int64) *quotes.Document {
			return freeze(t, order(languages[n%2], quotes.OrderItem{Usage: usage(t, tt.product, inputs), Option: tt.option, Quantity: times}))
		}
		few, many := item(tt.before, 1), item(tt.after, 3)
		b := find(t, workbook(t, few, address), few)
		for cell, quantity := range tt.changes {
			id, below, _ := strings.Cut(cell, " ")
			at := slices.IndexFunc(few.Items[0].Lines, func(l wire.Line) bool { return l.ID == id })
			if at < 0 {
				t.Fatalf("%s has no line %s", tt.product, id)
			}
			b.change(b.items[0].row[at]+len(below), quantity)
		}
		b.change(b.items[0].amount, 3)
		recomputed("as the engine has it, "+tt.name, few, many, b.bytes())
		same = few
	}

	// No text of a table becomes a formula.
	var table bytes.Buffer
	if err := export.CSV(&table, same, address); err != nil {
		t.Fatal(err)
	}
	o.add(".csv", table.Bytes(), func(data []byte) {
		f := open(t, data)
		rows, err := f.GetRows(f.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		// Where nobody is asked, LibreOffice reads it in an encoding of its own.
		if got := rows[1][8]; !strings.HasPrefix(got, "'=1+1 & <") {
			t.Errorf("the title is %q", got)
		}
		for i, row := range rows {
			for j := range row {
				cell := string(rune('A'+j)) + strconv.Itoa(i+1)
				if formula, err := f.GetCellFormula(f.GetSheetName(0), cell); formula != "" || err != nil {
					t.Errorf("%s has become the formula %q (%v)", cell, formula, err)
				}
			}
		}
	})
	o.run()
}
