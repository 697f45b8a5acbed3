import { expect, test } from 'vitest'
import type { Attachment } from '@/api/types'
import { picturesOf } from './pictures'

const file = (id: number, media_type = 'image/png') => ({ id, media_type }) as unknown as Attachment

test('the pictures of a ticket and of what went into it stand there once each, oldest first', () => {
  const entries = [{ attachments: [file(2), file(3, 'image/svg+xml')] }, { attachments: [file(7), file(4)] }]
  const found = picturesOf({ attachments: [file(4), file(2), file(5, 'text/plain')] }, entries)
  expect(found.map((one) => one.id)).toEqual([2, 4, 7])
})
