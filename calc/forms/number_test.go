package forms

import (
	"strings"
	"testing"
	"unicode/utf8"

	"suanpan/pricing"
)

// TestNumbersAsPeopleTypeThem is the whole of what a field understands. Refused
// is better than guessed: a wrong guess is a wrong price.
func TestNumbersAsPeopleTypeThem(t *testing.T) {
	const (
		notANumber = pricing.CodeNotANumber
		notWhole   = pricing.CodeNotWhole
		outOfRange = pricing.CodeOutOfRange
	)
	for _, tt := range []struct {
		typed, digits string
		code          pricing.Code
	}{
		{"0", "0", ""},
		{"15000", "15000", ""},
		{" 15000\t", "15000", ""},
		{"１５０００", "15000", ""},
		{"+5", "5", ""},
		{"007", "7", ""},
		{"000", "0", ""},
		{"-0", "0", ""},
		{"5.0", "5", ""},
		{"5.00", "5", ""},
		{"1000000000001", "1000000000001", ""}, // the range is checked by the input

		// groups of three, as written in the West, and of four, as counted in Chinese
		{"15,000", "15000", ""},
		{"１５，０００", "15000", ""},
		{"15 000", "15000", ""},
		{"15\u00a0000", "15000", ""},
		{"15\u202f000", "15000", ""},
		{"15_000", "15000", ""},
		{"15'000", "15000", ""},
		{"1,234,567", "1234567", ""},
		{"1,0000", "10000", ""},
		{"1,0000,0000", "100000000", ""},
		{"1,000.0", "1000", ""},

		// a comma elsewhere may be a decimal point
		{"1,5", "", notANumber},
		{"1,50", "", notANumber},
		{"1,50000", "", notANumber},
		{"1234,567", "", notANumber},
		{"12345,6789", "", notANumber},
		{"1,234,56", "", notANumber},
		{"1,234,5678", "", notANumber},
		{"1,2345,678", "", notANumber},
		{",100", "", notANumber},
		{"100,", "", notANumber},
		{"1,,000", "", notANumber},
		{"1__000", "", notANumber},
		{"1, 000", "", notANumber},
		{"1 5", "", notANumber},
		{"1.234.567", "", notANumber},
		{"1.000,50", "", notANumber},

		// words that multiply
		{"15k", "15000", ""},
		{"15K", "15000", ""},
		{"１５ｋ", "15000", ""},
		{"1.5k", "1500", ""},
		{"1.5m", "1500000", ""},
		{"1.5M", "1500000", ""},
		{"1.5 million", "1500000", ""},
		{"2 Thousand", "2000", ""},
		{"2b", "2000000000", ""},
		{"2bn", "2000000000", ""},
		{"1 billion", "1000000000", ""},
		{"2w", "20000", ""},
		{"1.5万", "15000", ""},
		{"1.5 万", "15000", ""},
		{"１．５万", "15000", ""},
		{"1.5萬", "15000", ""},
		{"2千", "2000", ""},
		{"3百", "300", ""},
		{"2十万", "200000", ""},
		{"2百万", "2000000", ""},
		{"2千万", "20000000", ""},
		{"3亿", "300000000", ""},
		{"3億", "300000000", ""},
		{"0.15亿", "15000000", ""},
		{"2万亿", "2000000000000", ""},
		{"1,500万", "15000000", ""},
		{"1.23450万", "12345", ""},
		{"0万", "0", ""},

		{"1.23456万", "", notWhole}, // 12345.6
		{"5.5", "", notWhole},
		{"0.5", "", notWhole},
		{"1.0005k", "", notWhole},
		{"0.000000001亿", "", notWhole},
		{"-5.5", "", notWhole},

		{"-5", "", outOfRange},
		{"−5", "", outOfRange}, // the minus of typography
		{"－5", "", outOfRange}, // and of Chinese input
		{"-1.5万", "", outOfRange},
		{strings.Repeat("9", 100_000), "", outOfRange},

		{"", "", notANumber},
		{"   ", "", notANumber},
		{"abc", "", notANumber},
		{"k", "", notANumber},
		{"万", "", notANumber},
		{".", "", notANumber},
		{"-", "", notANumber},
		{"+", "", notANumber},
		{"--5", "", notANumber},
		{"5-", "", notANumber},
		{"- 5", "", notANumber},
		{".5", "", notANumber},
		{".5万", "", notANumber},
		{"5.", "", notANumber},
		{"5.万", "", notANumber},
		{"5..5", "", notANumber},
		{"5.5.5", "", notANumber},
		{"1e5", "", notANumber},
		{"1E5", "", notANumber},
		{"0x10", "", notANumber},
		{"NaN", "", notANumber},
		{"Infinity", "", notANumber},
		{"15kk", "", notANumber},
		{"15万万", "", notANumber},
		{"15k万", "", notANumber},
		{"15km", "", notANumber},
		{"万15", "", notANumber},
		{"15 users", "", notANumber},
		{"¥15", "", notANumber},
		{"15%", "", notANumber},
		{"1/2", "", notANumber},
		{"5*5", "", notANumber},
		{"=5", "", notANumber},
		{"十", "", notANumber},
		{"一万", "", notANumber},
		{"٣", "", notANumber}, // Arabic digits
		{"१५", "", notANumber},
		{"²", "", notANumber},
		{"Ⅷ", "", notANumber},
		{"1\n5", "", notANumber},
		{"1\x005", "", notANumber},
		{"1\u200b000", "", notANumber}, // a blank of no width
		{"\xff5", "", notANumber},
		{strings.Repeat("9", 100_000) + "x", "", notANumber},
		{strings.Repeat("1,", 100_000), "", notANumber},
		{strings.Repeat("万", 100_000), "", notANumber},
	} {
		digits, code := plainNumber(tt.typed)
		if digits != tt.digits || code != tt.code {
			t.Errorf("plainNumber(%.40q) = %q, %q, want %q, %q", tt.typed, digits, code, tt.digits, tt.code)
		}
	}
}

// TestNumbersWithTheirUnit: a field's own unit may stand behind the number, in
// either language, and no other.
func TestNumbersWithTheirUnit(t *testing.T) {
	const notANumber, notWhole, outOfRange = pricing.CodeNotANumber, pricing.CodeNotWhole, pricing.CodeOutOfRange
	users := pricing.Unit{One: "user a day", EN: "users a day", ZH: "人/天"}
	minutes := pricing.Unit{One: "minute", EN: "minutes", ZH: "分钟"}
	percent := pricing.Unit{EN: "%", ZH: "%"}
	mbps := pricing.Unit{EN: "Mbps", ZH: "Mbps"}
	for _, tt := range []struct {
		typed  string
		unit   pricing.Unit
		digits string
		code   pricing.Code
	}{
		{"20", percent, "20", ""},
		{"20%", percent, "20", ""},
		{" 20 % ", percent, "20", ""},
		{"２０％", percent, "20", ""},
		{"2.5%", percent, "", notWhole},
		{"-5%", percent, "", outOfRange},
		{"20%%", percent, "", notANumber},
		{"%", percent, "", notANumber},
		{"20‰", percent, "", notANumber},
		{"20", pricing.Unit{}, "20", ""},
		{"20%", pricing.Unit{}, "", notANumber},
		{"20%", users, "", notANumber},

		{"15,000 users a day", users, "15000", ""},
		{"15,000 users", users, "15000", ""},
		{"15,000 USERS", users, "15000", ""},
		{"1 user", users, "1", ""},
		{"15k users", users, "15000", ""},
		{"1.5万人", users, "15000", ""},
		{"1.5 万 人/天", users, "15000", ""},
		{"15000人／天", users, "15000", ""},
		{"users", users, "", notANumber},
		{"15,000 users a month", users, "", notANumber},
		{"15,000人/月", users, "", notANumber},
		{"15,000 people", users, "", notANumber},
		{"15 superusers", users, "", notANumber},
		{"1.5 users", users, "", notWhole},
		{"1,5 users", users, "", notANumber},

		{"45分钟", minutes, "45", ""},
		{"45 minutes", minutes, "45", ""},
		{"1 minute", minutes, "1", ""},
		{"45 min", minutes, "", notANumber},
		{"1小时", minutes, "", notANumber},
		{"1 hour", minutes, "", notANumber},
		{"5mbps", mbps, "5", ""},
		{"5 Mbps", mbps, "5", ""},
		{"5 Gbps", mbps, "", notANumber},
		{strings.Repeat("9", 60) + " users", users, "", notANumber}, // longer than anybody types
	} {
		if digits, code := fieldNumber(tt.typed, tt.unit); digits != tt.digits || code != tt.code {
			t.Errorf("%q in %s: %q, %q, want %q, %q", tt.typed, tt.unit.EN, digits, code, tt.digits, tt.code)
		}
	}
}

// TestUnitsOfAllFields: every unit of every input and fact is understood in both
// languages, as the page writes it behind the field.
func TestUnitsOfAllFields(t *testing.T) {
	check := func(in *pricing.Input) {
		for _, unit := range []string{in.Unit.EN, in.Unit.One, in.Unit.ZH} {
			if digits, code := fieldNumber("1.5万 "+unit, in.Unit); in.Kind == pricing.KindCount && (digits != "15000" || code != "") {
				t.Errorf("%s: 1.5万 %s is %q, %q", in.ID, unit, digits, code)
			}
		}
	}
	var checkAll func(inputs []pricing.Input)
	checkAll = func(inputs []pricing.Input) {
		for i := range inputs {
			check(&inputs[i])
			checkAll(inputs[i].Fields)
		}
	}
	for _, p := range products(t) {
		checkAll(p.Newest().Inputs)
		for _, e := range p.Newest().Estimators() {
			checkAll(e.Facts.Inputs)
		}
	}
}

func TestCount(t *testing.T) {
	for _, tt := range []struct {
		typed string
		want  int64
		code  pricing.Code
	}{
		{"3", 3, ""}, {"３", 3, ""}, {"1,000", 1000, ""}, {" 1万 ", 10000, ""}, {"1", 1, ""},
		{"0", 0, pricing.CodeOutOfRange}, {"10001", 0, pricing.CodeOutOfRange}, {"-1", 0, pricing.CodeOutOfRange},
		{"99999999999999999999", 0, pricing.CodeOutOfRange}, {"1.5", 0, pricing.CodeNotWhole}, {"", 0, pricing.CodeNotANumber}, {"x", 0, pricing.CodeNotANumber},
	} {
		n, fault := Count("quantity", tt.typed, 1, 10_000)
		if code := codeOf(fault); n != tt.want || code != tt.code {
			t.Errorf("%q is %d, %q", tt.typed, n, code)
		}
		if fault != nil && (fault.Input != "quantity" || fault.Message.EN == "" || fault.Message.ZH == "") {
			t.Errorf("%q: %+v", tt.typed, fault)
		}
	}
}

func codeOf(fault *pricing.InputError) pricing.Code {
	if fault == nil {
		return ""
	}
	return fault.Code
}

// FuzzPlainNumber: what is understood is plain digits that the API would take
// too; what is not has one of three codes.
func FuzzPlainNumber(f *testing.F) {
	for _, typed := range []string{"15000", "1.5万", "15k", "１５，０００", "1,5", "-5", "1e5", "", "0.15亿", "\xff", "−", "1 000 000", "2万亿"} {
		f.Add(typed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		digits, code := plainNumber(typed)
		switch code {
		case "":
			if digits == "" || strings.Trim(digits, "0123456789") != "" || (len(digits) > 1 && digits[0] == '0') {
				t.Fatalf("%q is understood as %q", typed, digits)
			}
			if _, err := pricing.ParseCount(digits); err != nil && err.(*pricing.InputError).Code != pricing.CodeOutOfRange {
				t.Fatalf("%q becomes %q, which is %v", typed, digits, err)
			}
			// Read again it is the same: a link opens what was typed.
			if again, code := plainNumber(digits); len(digits) <= maxTyped && (again != digits || code != "") {
				t.Fatalf("%q becomes %q, and that %q, %q", typed, digits, again, code)
			}
		case pricing.CodeNotANumber, pricing.CodeNotWhole, pricing.CodeOutOfRange:
			if digits != "" {
				t.Fatalf("%q is at fault and understood as %q", typed, digits)
			}
			if !utf8.ValidString(typed) {
				return
			}
		default:
			t.Fatalf("%q has the code %q", typed, code)
		}
		// What the API understands, a field understands alike.
		if n, err := pricing.ParseCount(typed); err == nil && (code != "" || digits != typed) {
			t.Fatalf("the API reads %q as %d, the form as %q, %q", typed, n, digits, code)
		}
	})
}
