package numbers

import "suanpan/pricing"

// A unit is a unit of the world with the ways in which people write it, in small
// letters and without blanks.
type unit struct {
	// kind is shared by units that are converted into each other; units without
	// one are not.
	kind string
	// size is how many of the smallest unit of its kind it has.
	size int64
	// names are its names, parted by blanks. Short is a name that may be a word
	// that multiplies as well.
	names, short string
	// sample is a number of them that a field often has; 0 for none.
	sample int64
}

// The kinds of units. A month has no fixed number of days, so that there are two
// of time.
const (
	clock    = "clock"
	calendar = "calendar"
	bits     = "bits"
	// stored are units of data that are not converted: vendors count 1,000 or 1,024.
	stored = "stored"
	share  = "share"
)

// units are the units that are known. Where two have a name in common, a field of
// that name has the first. A field whose unit is one of them is
// understood with all of its names, and with those of the units that it can be
// converted from.
var units = []unit{
	{clock, 1, "秒 秒钟 s sec secs second seconds", "", 10},
	{clock, 60, "分 分钟 min mins minute minutes", "m", 45},
	{clock, 3600, "小时 个小时 时 钟头 个钟头 h hr hrs hour hours", "", 8},
	{clock, 86400, "天 日 d day days", "", 30},
	{clock, 604800, "周 星期 个星期 礼拜 个礼拜 wk wks week weeks", "", 0},
	{calendar, 1, "个月 月 mo mos mth mths month months", "m", 12},
	{calendar, 3, "季度 个季度 季 quarter quarters", "", 0},
	{calendar, 12, "年 y yr yrs year years", "", 1},

	{stored, 1, "k kb kbyte kbytes kilobyte kilobytes", "", 0},
	{stored, 1, "m mb mbyte mbytes megabyte megabytes", "", 0},
	{stored, 1, "g gb gbyte gbytes gigabyte gigabytes", "", 100},
	{stored, 1, "t tb tbyte tbytes terabyte terabytes", "", 0},
	{stored, 1, "p pb pbyte pbytes petabyte petabytes", "", 0},
	{bits, 1, "bps b/s bit/s bits/s", "", 0},
	{bits, 1e3, "k kb kbps kb/s kbit kbits kbit/s kbits/s", "", 1500},
	{bits, 1e6, "m mb mbps mb/s mbit mbits mbit/s mbits/s 兆 兆带宽 m带宽", "", 50},
	{bits, 1e9, "g gb gbps gb/s gbit gbits gbit/s gbits/s", "", 0},
	{bits, 1e12, "t tb tbps tb/s tbit tbits tbit/s tbits/s", "", 0},
	{share, 1, "% percent pct 个百分点 百分点", "", 20},

	{"", 1, "人 个人 名 位 个 用户 个用户 名用户 位用户 成员 名成员 观众 名观众 people person persons user users member members viewer viewers", "", 0},
	{"", 1, "台 台设备 设备 个设备 个 device devices", "", 0},
	{"", 1, "群 个群 群组 个群组 个 group groups", "", 0},
	{"", 1, "好友 个好友 名好友 个 位 人 friend friends", "", 0},
	{"", 1, "条 条消息 消息 message messages msg msgs", "", 0},
	{"", 1, "张 张图 张图片 图片 张截图 image images picture pictures screenshot screenshots", "", 0},
	{"", 1, "次 次请求 个请求 请求 个 request requests req reqs", "", 0},
	{"", 1, "次 次调用 call calls", "", 0},
	{"", 1, "轮 轮对话 轮次 round rounds", "", 0},
	{"", 1, "场 场次 次 节 节课 堂 堂课 session sessions class classes", "", 0},
	{"", 1, "路 路流 条流 stream streams", "", 0},
	{"", 1, "种 种语言 语言 个语种 语种 门语言 language languages", "", 0},
	{"", 1, "字符 个字符 字 个字 char chars character characters", "", 0},
	{"", 1, "token tokens 个token tok toks", "", 0},
	{"", 1, "页 page pages", "", 0},
	{"", 1, "间 间房 房间 个房间 room rooms", "", 0},
	{"", 1, "座 座位 个座位 席 个席位 席位 seat seats", "", 0},
	{"", 1, "份 套 个 copy copies set sets", "", 0},

	{"cny", 1, "元 块 块钱 圆 元整 元人民币 人民币 rmb cny yuan renminbi", "", 0},
	{"usd", 1, "美元 美金 usd dollar dollars", "", 0},
	{"eur", 1, "欧元 eur euro euros €", "", 0},
	{"jpy", 1, "日元 jpy yen", "", 0},
	{"hkd", 1, "港元 港币 hkd", "", 0},
}

// Money returns the unit of amounts in a currency.
func Money(currency string) pricing.Unit {
	if unit, ok := moneys[currency]; ok {
		return unit
	}
	return pricing.Unit{EN: currency, ZH: currency}
}

// moneys are the currencies that have a name of their own, by their code.
var moneys = map[string]pricing.Unit{
	"CNY": {EN: "yuan", ZH: "元"},
	"USD": {One: "US dollar", EN: "US dollars", ZH: "美元"},
	"EUR": {One: "euro", EN: "euros", ZH: "欧元"},
	"JPY": {EN: "yen", ZH: "日元"},
	"HKD": {One: "Hong Kong dollar", EN: "Hong Kong dollars", ZH: "港元"},
}

// signs stand in front of an amount of money, by its kind. The longest comes
// first.
var signs = map[string][]string{
	"cny": {"cn¥", "人民币", "rmb", "cny", "¥"},
	"usd": {"us$", "usd", "$", "美元"},
	"eur": {"eur", "€"},
	"jpy": {"jp¥", "jpy", "¥"},
	"hkd": {"hk$", "hkd", "$"},
}

// active are words for users in a time.
var active = map[string]string{"dau": "天", "日活": "天", "日活用户": "天", "mau": "月", "月活": "月", "月活用户": "月"}

// adverbs say in one word how often.
var adverbs = map[string]string{"daily": "天", "monthly": "月", "hourly": "小时", "yearly": "年"}
