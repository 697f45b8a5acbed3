/**
 * The part of Markdown that messages may use: paragraphs, lists, bold, italic, code, links. Everything else, HTML
 * included, stays the text that it is. The result is data; RichText.ts makes elements of it, never HTML text.
 */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'bold'; parts: Inline[] }
  | { kind: 'italic'; parts: Inline[] }
  | { kind: 'link'; href: string; parts: Inline[] }
  | { kind: 'break' }

export type Block =
  | { kind: 'paragraph'; parts: Inline[] }
  | { kind: 'quote'; parts: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'bullets'; items: Inline[][] }
  | { kind: 'numbers'; items: Inline[][] }

const SAFE_SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])

/** Beware: every repetition has a bound, or a message of nothing but `[` would hold the page up. */
const MARKS = [
  /`(?<code>[^`\n]{1,2000})`/u,
  /\*\*(?<bold>[^\s*](?:[^*\n]{0,1000}[^\s*])?)\*\*/u,
  /\*(?<star>[^\s*](?:[^*\n]{0,1000}[^\s*])?)\*/u,
  /(?<![\p{L}\p{N}_])_(?<line>[^\s_](?:[^_\n]{0,1000}[^\s_])?)_(?![\p{L}\p{N}_])/u,
  /\[(?<label>[^[\]\n]{1,500})\]\((?<target>[^()\s]{1,2000})\)/u,
  /(?<address>https?:\/\/[^\s<>"'`()[\]]{1,2000})/u,
]
const MARK = new RegExp(MARKS.map((mark) => mark.source).join('|'), 'gu')
const BULLET = /^\s{0,3}[-*+]\s+/
const NUMBER = /^\s{0,3}\d{1,3}[.)]\s+/
const QUOTE = /^\s{0,3}>\s?/
const FENCE = /^\s{0,3}```/

/** The address as a link may have it, or undefined for one that leads to no page and no mailbox. */
export function safeHref(text: string): string | undefined {
  try {
    const url = new URL(text)
    return SAFE_SCHEMES.has(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

export function parse(text: string): Block[] {
  const blocks: Block[] = []
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    if (line.trim() === '') at += 1
    else if (FENCE.test(line)) at = fenced(lines, at, blocks)
    else {
      const kind = kindOf(line)
      const end = endOf(lines, at, kind)
      blocks.push(blockOf(kind, lines.slice(at, end)))
      at = end
    }
  }
  return blocks
}

type LineKind = 'bullets' | 'numbers' | 'quote' | 'paragraph'

function kindOf(line: string): LineKind {
  if (BULLET.test(line)) return 'bullets'
  if (NUMBER.test(line)) return 'numbers'
  return QUOTE.test(line) ? 'quote' : 'paragraph'
}

function endOf(lines: string[], start: number, kind: LineKind): number {
  let end = start + 1
  while (end < lines.length) {
    const line = lines[end] ?? ''
    if (line.trim() === '' || FENCE.test(line) || kindOf(line) !== kind) break
    end += 1
  }
  return end
}

function blockOf(kind: LineKind, lines: string[]): Block {
  if (kind === 'bullets') return { kind, items: lines.map((line) => inline(line.replace(BULLET, ''))) }
  if (kind === 'numbers') return { kind, items: lines.map((line) => inline(line.replace(NUMBER, ''))) }
  const text = kind === 'quote' ? lines.map((line) => line.replace(QUOTE, '')) : lines
  return {
    kind,
    parts: text.flatMap((line, index) => [...(index ? [{ kind: 'break' as const }] : []), ...inline(line)]),
  }
}

function fenced(lines: string[], start: number, blocks: Block[]): number {
  const close = lines.findIndex((line, index) => index > start && FENCE.test(line))
  const end = close < 0 ? lines.length : close
  blocks.push({ kind: 'code', text: lines.slice(start + 1, end).join('\n') })
  return end + 1
}

function inline(text: string): Inline[] {
  const parts: Inline[] = []
  let done = 0
  for (const match of text.matchAll(MARK)) {
    if (match.index > done) parts.push({ kind: 'text', text: text.slice(done, match.index) })
    parts.push(marked(match[0], match.groups ?? {}))
    done = match.index + match[0].length
  }
  if (done < text.length) parts.push({ kind: 'text', text: text.slice(done) })
  return parts
}

function marked(whole: string, found: Record<string, string | undefined>): Inline {
  if (found['code'] !== undefined) return { kind: 'code', text: found['code'] }
  if (found['bold'] !== undefined) return { kind: 'bold', parts: inline(found['bold']) }
  const italic = found['star'] ?? found['line']
  if (italic !== undefined) return { kind: 'italic', parts: inline(italic) }
  const href = safeHref(found['target'] ?? found['address'] ?? '')
  if (!href) return { kind: 'text', text: whole }
  return { kind: 'link', href, parts: [{ kind: 'text', text: found['label'] ?? found['address'] ?? '' }] }
}
