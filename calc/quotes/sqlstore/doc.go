// Package sqlstore keeps quotes in SQLite or in PostgreSQL, through
// database/sql and with the same SQL.
//
// A quote is a row of quotes, numbered in the order of saving. What it says is
// in its document, the bytes that were hashed; the other columns are what is
// looked up. What lists show stands apart from it, in a row of listings, so that a
// list reads no documents. Quotes are in the list of a browser by a row
// of ownership. The chain of revisions is held together by a reference of each
// revision to its predecessor, unique among those that were not withdrawn, so
// that of two revisions of one quote only one can be saved, whoever saves them.
// Times are in milliseconds since 1970.
//
// Withdrawing a quote erases what it said, but for customer and total where it is
// in a list, which a trigger sees to, whichever program withdraws it. SQLite overwrites it with zeros at
// once; PostgreSQL no longer shows it, and drops it from its files when it
// vacuums.
//
// Whether quotes can be saved is found out by saving one, and taking it back;
// what could not be saved is tried again until it can. A SQLite file has to be
// at the path that it was opened at: what is saved into one that was moved or
// deleted is never acknowledged.
package sqlstore
