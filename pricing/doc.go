// Package pricing turns a price book and a usage into an estimate: what every
// way to buy a product costs, line by line, and which one to take.
//
// It is pure. It reads no clock, no network and no file but the price books
// that are embedded in it or handed to it, and the same book and usage always
// give the same estimate. It is safe for concurrent use.
//
// # Words
//
//   - A [Book] (price book) holds everything about one product from one date
//     on: inputs, options, charges, limits, sources. It is data; no product
//     stands in the code.
//   - An [Input] is one thing that the customer states: a count or a yes/no.
//     A usage input is metered (daily users); a requirement is a need that the
//     option must be able to serve (days of history). The difference is only
//     in what the book does with it.
//   - A [Usage] is one value for each input of a book, and the term in months.
//   - An [Option] is one way to buy: usually a plan. Every option is priced.
//   - A charge is one position of the price list. It turns a usage into at most
//     one [Line] (line item) of an option: a flat fee, a unit price, a package
//     price, or the add-on that raises a limit.
//   - A package price sells a quantity in blocks, each paid whole, beyond what
//     is included: ⌈(quantity − included) ÷ block⌉ × price.
//   - A limit is the most of an input that an option serves by itself. An
//     add-on raises it for a fee. A need that neither reaches is a [Violation]
//     and makes the option infeasible.
//   - An [Estimate] has every option with its lines, its total and what it
//     cannot serve, and recommends the cheapest feasible one.
//
// # Exactness
//
// Money is CNY, in exact decimals. Counts are whole numbers up to
// [MaxCount]. Text becomes a number in one place ([ParseCount], bounded before
// it is parsed), and money is rounded in one place, when a total is made:
// half up, to the fen.
//
// # Example
//
// Tencent Cloud IM, Pro plan, 15,000 daily users, 90 days of history, a year:
//
//	plan         12 × ¥999                                     ¥11,988
//	dau_overage  ⌈(15,000 − 10,000) ÷ 10,000⌉ × ¥1,000 × 12    ¥12,000
//	history      12 × ¥1,000 (the add-on to 90 days)           ¥12,000
//	total                                                      ¥35,988.00
package pricing
