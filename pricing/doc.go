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
//   - An [Input] is one thing that the customer states: a count, a yes/no, a
//     choice, features, or rows of such fields. A usage input is metered (daily
//     users); a requirement is a need that the option must be able to serve
//     (days of history). The difference is only in what the book does with it.
//   - A [Usage] is one value for each input of a book, and the term in months.
//   - An [Option] is one way to buy: usually a plan. Every option is priced.
//   - A charge is one position of the price list. It turns a usage into the
//     [Line] items (line items) of an option, at the lowest of its prices that
//     apply.
//   - A [Part] is one of the products that a line's amount is the sum of: a
//     quantity at its price. A line whose amount was chosen or rounded has none.
//   - A limit is the most of an input that an option serves by itself. An
//     add-on raises it for a fee. A need that neither reaches is a [Violation]
//     and makes the option infeasible; so does a feature that is lacking.
//   - An [Estimator] turns business facts (registered users, the people in a
//     room) into usage inputs; a [Derivation] is what they come to, step by step.
//     Estimators and the options that may follow each other are a product's
//     planning data, a file beside its books ([PlanningFile]).
//   - An [Estimate] has every option with its lines, its total and what it
//     cannot serve, and recommends the cheapest feasible one.
//   - An [Axis] is a usage with one of its counts left open. Along it run the
//     [Curve] of every option, the [BreakEven] points, the [Headroom] until a
//     total rises, and what a budget buys ([Affordable]).
//   - A [Forecast] has a usage for each month. What grows is a [Driver]: a count,
//     or a fact by which all that is derived from it grows along.
//
// # Prices
//
//   - A monthly fee is paid for every month, whatever the usage; a yearly price
//     for every started year.
//   - A unit price is paid for every unit, beyond what is included if anything
//     is. Rates are unit prices of several inputs on one line; one of them can
//     be waived below a threshold.
//   - A package price sells a quantity in blocks, each paid whole, beyond what
//     is included: ⌈(quantity − included) ÷ block⌉ × price.
//   - A subscription is a monthly fee with a unit price for the overage.
//   - Rows are priced by what each row chose, with a multiplier and a minimum.
//   - A [PoolUse] (pool) draws converted usages from the plan's allowance, then
//     from what is granted, then from packs, and leaves the rest to be paid
//     afterwards. Packs come in fixed sizes, or in one to be chosen at the
//     price of its volume tier. Beside packs of several kinds stands a [Simpler]
//     way, of one kind, that costs hardly more.
//   - A commitment is spend promised for a rate. A credit is taken off.
//   - What has no public price is on request: the option is then not complete.
//   - A ladder is a list of levels, of which a usage needs the first that
//     allows all of it.
//
// # Exactness
//
// Money is CNY, in exact decimals. Counts are whole numbers up to
// [MaxCount]. Text becomes a number in one place ([ParseCount], bounded before
// it is parsed), and totals are rounded in one place: half up, to the fen. Half
// up is ⌊100 × amount + ½⌋ ÷ 100 on both sides of zero: ¥0.005 is ¥0.01, and
// −¥0.005, which only a credit can make, is ¥0.00. The only lines that are
// rounded are those whose formula divides by a quantity. Packs and commitments
// are chosen by their cost before any rounding.
//
// # Where things stand
//
// The core is what a bill is and how it is computed. It knows nothing of files,
// and nothing of what is built on it: those are wings, and the files of each begin
// with its name. A wing uses the core, and of another wing what wings_test.go lists.
//
//   - The core: [Book] and its [Input] items, a [Usage] of them, the charges, and a
//     file for each price form (monthlyfee.go, unitprice.go, packageprice.go,
//     subscription.go, yearlyprice.go, rates.go, rowprice.go, pool.go, commitment.go,
//     credit.go, onrequest.go; the add-ons are in requirement.go). A form says what
//     it adds to a bill, which inputs it reads, and whether it is by quantity.
//   - book_: the files of price books. book_file*.go has what can be written in one,
//     book_decode.go reads it strictly, book_validate*.go has what must hold of it,
//     and book_compile*.go makes the book.
//   - estimator_: planning data, its estimators, and rooms. What every room is made
//     of is data, too: rooms.yaml. So are the families of needs that a comparison assigns to products:
//     families.yaml.
//   - catalog: the products with their books, and the estimators beside these.
//   - axis_: a usage with one count left open, and how each price form runs along it
//     (axis_run.go).
//   - forecast_: a usage for each month, and what lasts longer than one
//     (forecast_lasting.go).
//   - comparison_: several books side by side.
//
// Package packs, below this one, finds the cheapest packs for a demand; package
// wide has the numbers that it compares costs in.
//
// A new price form is a file of the core; its keys, their validation and its making
// in book_file_prices.go, book_validate_prices.go and book_compile_prices.go, which
// makes none that does not say in axis_run.go how it runs; and, if it lasts longer
// than a month, what it is to a forecast.
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
