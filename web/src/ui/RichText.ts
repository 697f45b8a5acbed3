import { type FunctionalComponent, h, type VNode } from 'vue'
import { type Block, type Inline, parse } from './markdown'

/** What a person wrote, as elements. */
const RichText: FunctionalComponent<{ text: string }> = ({ text }) =>
  h('div', { class: 'space-y-2 break-words text-default' }, parse(text).map(blockElement))
RichText.props = ['text']

export default RichText

function blockElement(block: Block): VNode {
  if (block.kind === 'code') {
    return h('pre', { class: 'overflow-x-auto rounded-md bg-elevated p-3 font-mono text-xs', tabindex: 0 }, block.text)
  }
  if (block.kind === 'bullets') return h('ul', { class: 'list-disc ps-5' }, block.items.map(itemElement))
  if (block.kind === 'numbers') return h('ol', { class: 'list-decimal ps-5' }, block.items.map(itemElement))
  const isQuote = block.kind === 'quote'
  return h(isQuote ? 'blockquote' : 'p', isQuote ? { class: 'border-s-2 border-accented ps-3 text-muted' } : {}, [
    ...block.parts.map(inlineElement),
  ])
}

const itemElement = (parts: Inline[]): VNode => h('li', parts.map(inlineElement))

function inlineElement(part: Inline): VNode | string {
  if (part.kind === 'text') return part.text
  if (part.kind === 'break') return h('br')
  if (part.kind === 'code') return h('code', { class: 'rounded bg-elevated px-1 py-0.5 font-mono text-xs' }, part.text)
  if (part.kind === 'bold') return h('strong', { class: 'font-semibold' }, part.parts.map(inlineElement))
  if (part.kind === 'italic') return h('em', part.parts.map(inlineElement))
  return h(
    'a',
    {
      href: part.href,
      target: '_blank',
      rel: 'noopener noreferrer nofollow',
      class: 'text-highlighted underline underline-offset-2',
    },
    part.parts.map(inlineElement),
  )
}
