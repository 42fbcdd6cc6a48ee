// Package storetest tests that a store of quotes keeps what quotes.Store
// promises, and has a PostgreSQL server for tests that need one.
package storetest
