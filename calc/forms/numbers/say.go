package numbers

import "suanpan/pricing"

// say has the sentences of faults. Most end with an example that suits the field.
var say = struct {
	garbage, tooLong, several, operand, division, minus, percent, power pricing.Text
	unit, rest, bytes, otherTime, mixed, twoUnits                       pricing.Text
	either, grouping, unclear, comesTo                                  pricing.Text
}{
	garbage: pricing.Text{
		EN: "This is not a number. Enter one such as %s.",
		ZH: "这不是数字，请填数字，例如 %s。",
	},
	tooLong: pricing.Text{
		EN: "This is too long for a number. Enter one such as %s.",
		ZH: "内容太长，看不出是什么数，请填数字，例如 %s。",
	},
	several: pricing.Text{
		EN: "There is more than one number here. Enter one, such as %s.",
		ZH: "这里有不止一个数，请只填一个，例如 %s。",
	},
	operand: pricing.Text{
		EN: "A plus or a times sign stands between two numbers, as in 40 × 22.",
		ZH: "加号、乘号的两边都要有数，例如 40 × 22。",
	},
	division: pricing.Text{
		EN: "Divisions are not worked out here. Enter the result, such as %s.",
		ZH: "这里不算除法，请直接填结果，例如 %s。",
	},
	minus: pricing.Text{
		EN: "Subtractions and ranges are not understood here. Enter one number, such as %s.",
		ZH: "这里不认减法，也不认区间，请填一个数，例如 %s。",
	},
	percent: pricing.Text{
		EN: "Percentages are not understood here. Enter the number itself, such as %s.",
		ZH: "这里不认百分比，请填数量本身，例如 %s。",
	},
	power: pricing.Text{
		EN: "Powers and exponents are not understood here. Write all the digits, such as %s.",
		ZH: "这里不认乘方和指数，请写出完整的数，例如 %s。",
	},
	unit: pricing.Text{
		EN: "%s is understood, “%s” is not: the unit here is “%s”. Enter, for example, %s.",
		ZH: "看懂了 %s，没看懂“%s”。这里的单位是“%s”，请填例如 %s。",
	},
	rest: pricing.Text{
		EN: "%s is understood, “%s” is not. Enter, for example, %s.",
		ZH: "看懂了 %s，没看懂“%s”，请填数字，例如 %s。",
	},
	bytes: pricing.Text{
		EN: "“%s” are bytes of 8 bits each: the unit here is “%s”. Enter, for example, %s.",
		ZH: "“%s”是字节，1 字节为 8 比特。这里的单位是“%s”，请填例如 %s。",
	},
	otherTime: pricing.Text{
		EN: "A month has no fixed number of days, so that “%s” cannot be converted into “%s”. Enter, for example, %s.",
		ZH: "一个月没有固定的天数，“%s”无法换算成“%s”，请填例如 %s。",
	},
	mixed: pricing.Text{
		EN: "Write the unit behind each of the numbers that are added, as in %[1]s + %[1]s.",
		ZH: "相加的每个数后面都请写上单位，例如 %[1]s + %[1]s。",
	},
	twoUnits: pricing.Text{
		EN: "Only one of the numbers that are multiplied may have a unit. Enter, for example, %s.",
		ZH: "相乘的数里只能有一个带单位，请填例如 %s。",
	},
	either: pricing.Text{
		EN: "“%s” may be %s or %s. Write one of the two.",
		ZH: "“%s”可能是 %s，也可能是 %s，请写明是哪一个。",
	},
	grouping: pricing.Text{
		EN: "“%s” is not written as numbers are here. If %s is meant, write that.",
		ZH: "“%s”的写法看不准。如果是 %s，请这样填。",
	},
	unclear: pricing.Text{
		EN: "It is not clear which number “%s” is. Write it in digits, such as %s.",
		ZH: "看不准“%s”是哪个数，请用阿拉伯数字填写，例如 %s。",
	},
	comesTo: pricing.Text{
		EN: "This comes to %s.",
		ZH: "这等于 %s。",
	},
}
