import { folded, isAt, type Sought } from './reading'

/** A piece of a text; `isFound` when it is a word that was looked for. */
export interface Piece {
  text: string
  isFound: boolean
}
interface Word {
  folded: string
  begin: number
  end: number
}

/** Cuts a text where the sought words begin and end. */
export function pieces(text: string, sought: readonly Sought[]): Piece[] {
  const words = wordsOf(text)
  const cut: Piece[] = []
  let done = 0
  for (let at = 0; at < words.length; at += 1) {
    const length = Math.max(0, ...sought.filter((one) => stands(one, words, at)).map((one) => one.words.length))
    const [first, last] = [words[at], words[at + length - 1]]
    if (!first || !last || length === 0) continue
    if (first.begin > done) cut.push({ text: text.slice(done, first.begin), isFound: false })
    cut.push({ text: text.slice(Math.max(first.begin, done), last.end), isFound: true })
    done = last.end
    at += length - 1
  }
  if (done < text.length) cut.push({ text: text.slice(done), isFound: false })
  return cut
}

/** The pieces from near the first found one on: so many signs before it, from a blank on, are enough to see it in a short line. */
export function near(cut: readonly Piece[], mostBefore: number): Piece[] {
  const [first, ...rest] = cut
  if (!first || first.isFound || rest.length === 0 || first.text.length <= mostBefore) return [...cut]
  const begin = first.text.indexOf(' ', first.text.length - mostBefore) + 1 || first.text.length - mostBefore
  return [{ text: `… ${first.text.slice(begin)}`, isFound: false }, ...rest]
}

const stands = (sought: Sought, words: readonly Word[], at: number): boolean =>
  sought.words.every((_, place) => isAt(sought, place, words[at + place]?.folded ?? ''))

/** A word that folding takes apart is several at the same place. */
function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].flatMap(({ 0: word, index }) =>
    folded(word).map((part) => ({ folded: part, begin: index, end: index + word.length })),
  )
}
