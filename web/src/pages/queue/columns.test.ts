import { describe, expect, it } from 'vitest'
import { fitting, template, USUAL } from './columns'

describe('fitting', () => {
  it('shows all where there is room', () => {
    expect(fitting(USUAL, 1400)).toEqual(USUAL)
  })

  it('leaves out the area first, and the requester not yet, on a laptop', () => {
    expect(fitting(USUAL, 1000)).toEqual(USUAL.filter((column) => column !== 'area'))
  })

  it('keeps what there is to do on a tablet', () => {
    expect(fitting(USUAL, 744)).toEqual(['number', 'subject', 'assignee', 'status', 'priority', 'sla'])
  })

  it('leaves out what somebody added to a view before what everybody needs', () => {
    expect(fitting([...USUAL, 'tags'], 1130)).toEqual(USUAL)
  })

  it.each([488, 600, 744, 1000, 1160])('never needs more than the %i pixels that there are', (pixels) => {
    const widths = template(fitting(USUAL, pixels)).match(/[\d.]+(?=rem)/g) ?? []
    expect(widths.reduce((sum, width) => sum + Number(width) * 16, 0)).toBeLessThanOrEqual(pixels)
  })
})
