// Package wording has what the parts of the program that speak to people have in
// common.
package wording
