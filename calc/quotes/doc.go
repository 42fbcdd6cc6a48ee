// Package quotes has what a saved quote is: the document that a customer reads,
// frozen when it was saved, how two of them differ, what one would cost at
// today's prices, and what a store of them must do. It knows no database, no
// network and no page; the clock is handed to it.
package quotes
