package views

import "suanpan/calc/wording"

// estimatorWords are the words of the pages that turn facts into usage. A %s
// stands for a name or a number.
type estimatorWords struct {
	// On the calculator.
	wording.Common

	EstimateThem, FromFacts, NoLonger, ChangeFacts, ForgetFacts string
	// On the page of an estimator.
	Title, Facts                    string
	Empty                           string
	UseFigures, UseHelp             string
	Figures, Input                  string
	Replaces, RowField              string
	Step, Result, AddsTo            string
	MoreSteps                       string
	OtherFault, WithTheRest, RuleOf string
	FixFacts, NothingIn             string
	Before                          string // the last good total, at fault
}

var estimatorEnglish = estimatorWords{
	Common: wording.English,

	EstimateThem: "Not sure of these figures? Estimate them from what you know:",
	FromFacts:    "From what was entered under “%s”.",
	NoLonger:     "Changed since: no longer what “%s” comes to.",
	ChangeFacts:  "Change the facts",
	ForgetFacts:  "Forget them",

	Title: "%s: estimate the usage of %s",
	Facts: "What you know",
	Empty: "Enter what you know, or start from an example. What it comes to, and what that costs, will stand here.",

	UseFigures: "Use these figures",
	UseHelp:    "Puts them into the calculator. The facts stay in its link and can be changed there.",

	Figures:  "What it comes to",
	Input:    "Usage",
	Replaces: "replaces %s",
	RowField: "%s, row 1 · %s",

	Step:      "Step",
	Result:    "Result",
	AddsTo:    "counts as: %s",
	MoreSteps: "%s more steps are not shown; the figures above include them.",

	OtherFault:  "Another entry of the calculator is at fault, so there is no price yet. It can be corrected there.",
	WithTheRest: "The price includes everything else that is entered in the calculator.",
	RuleOf:      "Where the rule was published",
	FixFacts:    "Correct the marked entry to update the figures.",
	NothingIn:   "Nothing to count: every quantity is 0.",
	Before:      "Before:",
}

var estimatorChinese = estimatorWords{
	Common: wording.Chinese,

	EstimateThem: "不确定这些用量？按业务情况推算：",
	FromFacts:    "由“%s”推算得出。",
	NoLonger:     "之后有改动，与“%s”的推算结果不再一致。",
	ChangeFacts:  "修改业务情况",
	ForgetFacts:  "不再保留",

	Title: "%s：推算%s的用量",
	Facts: "业务情况",
	Empty: "请填写业务情况，或从示例开始；推算出的用量和费用将显示在这里。",

	UseFigures: "采用这些用量",
	UseHelp:    "填入计算器；业务情况保留在链接里，之后还可以修改。",

	Figures:  "推算结果",
	Input:    "用量",
	Replaces: "取代原来的 %s",
	RowField: "%s 1 · %s",

	Step:      "步骤",
	Result:    "结果",
	AddsTo:    "计入：%s",
	MoreSteps: "另有 %s 个步骤未列出，已计入上面的结果。",

	OtherFault:  "计算器里另有内容填写有误，暂时无法计算费用，请在计算器中改正。",
	WithTheRest: "费用包含计算器里已填的其他用量。",
	RuleOf:      "计量规则出处",
	FixFacts:    "请改正标出的内容，结果才会更新。",
	NothingIn:   "没有可计的用量：各项均为 0。",
	Before:      "此前",
}

// estimatorWordsIn returns the words of a language.
var estimatorWordsIn = wording.Table(estimatorEnglish, estimatorChinese)
