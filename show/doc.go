// Package show prints query results for people at a terminal: records as a
// table, or one record and everything that is linked to it as a tree.
package show
