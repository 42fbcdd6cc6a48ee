// Package packs finds the cheapest packs for a demand: of fixed sizes, and of a
// size to be chosen. Sizes are whole blocks of units, prices whole numbers of the
// smallest money there is, so that all the arithmetic is on integers.
//
// # Buying an exact number of blocks
//
// Let f(T) be the least that exactly T blocks cost, any number of any packs
// allowed: an unbounded knapsack. A table of f is filled once, when the list
// is made, for T below a bound N, by the recurrence over the last pack
// taken. For the pack of a chosen size X in a tier from a to b at price t a
// block, the recurrence is min over X of f(T−X) + tX = tT + min over Y in
// [T−b, T−a] of f(Y) − tY, a minimum over a sliding window.
//
// Beyond the table, f(T) = f(T−s) + c, where (s, c) is the fixed pack with the
// least price a block, the largest of them. The argument: s/gcd(s, r) copies of
// any other fixed pack of size r have a size that is a multiple of s, and packs
// of size s in their place cost less, or as much and are fewer; so a cheapest
// way of the fewest packs has fewer copies of each. A chosen size of at least s
// over the start of the last tier can give s blocks to such a pack for less, and
// two chosen sizes that remain below that merge into one, whose price a block is
// no higher; so there is at most one, below the start of the last tier plus s. A
// way that buys N−s blocks or more, N being s plus all of these bounds together,
// therefore contains a pack of size s.
//
// This needs the last tier to be dearer a block than the best fixed pack. Where
// it costs the same, packs of the largest size M that can be chosen take the
// place of the fixed one: no pack that costs so little a block is larger, so T
// blocks take ⌈T/M⌉ packs at least, and from M plus the start of the last tier
// on, one of M and the fewest for the rest are as many. Where the last tier is
// cheaper, or there is no fixed pack, the list is refused.
//
// # Buying for a demand
//
// What packs do not cover of a demand D is paid at a price p a block. Either
// everything is covered, by the cheapest T ≥ ⌈D⌉, or T ≤ ⌊D⌋ blocks are bought.
// Let s* be the smallest size that can be bought for less than p a block. In a
// cheapest way of the second kind fewer than s* blocks remain uncovered, since
// otherwise one more pack of that size would make it cheaper. So only
// T in (D−s*, ⌊D⌋] are compared, however large D is; and T = 0 if there is no
// such size.
package packs
