import { expect, test } from 'vitest'
import { nextTick, ref } from 'vue'
import { usePicking } from './picking'

test('the cursor starts at the first ticket and stops at the ends', () => {
  const picking = usePicking(ref([5, 6, 7]))
  expect(picking.move(1)).toBe(0)
  expect(picking.move(1)).toBe(1)
  expect(picking.move(9)).toBe(2)
  expect(picking.move(-9)).toBe(0)
  expect(usePicking(ref([])).move(1)).toBeUndefined()
})

test('shift ticks everything from the last one ticked', () => {
  const picking = usePicking(ref([5, 6, 7, 8]))
  picking.toggle(8)
  picking.extend(6)
  expect([...picking.picked.value].sort()).toEqual([6, 7, 8])
})

test('the cursor stays with its ticket when others come in above', () => {
  const ids = ref([5, 6])
  const picking = usePicking(ids)
  picking.move(1)
  ids.value = [4, 5, 6]
  expect(picking.at.value).toBe(1)
})

test('the cursor goes to the ticket that comes into the place of its own', () => {
  const ids = ref([5, 6, 7])
  const picking = usePicking(ids)
  picking.move(1)
  picking.move(1)
  ids.value = [5, 7]
  picking.stay(1)
  expect(picking.cursor.value).toBe(7)
  ids.value = [5]
  picking.stay(1)
  expect(picking.cursor.value).toBe(5)
  ids.value = []
  picking.stay(0)
  expect(picking.cursor.value).toBe(5)
})

test('what left the list is no longer ticked', async () => {
  const ids = ref([5, 6])
  const picking = usePicking(ids)
  picking.all()
  expect(picking.isAll.value).toBe(true)
  ids.value = [6]
  await nextTick()
  expect([...picking.picked.value]).toEqual([6])
})
