// Package export writes a quote, an estimate that was not saved, or a comparison for a
// spreadsheet: as a workbook whose formulas stay live, and as a table that
// programs read too. It computes no price. Figures go from the decimal strings
// of the document into the files as they are.
package export
