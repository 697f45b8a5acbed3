import { expect, test } from 'vitest'
import type { Agent } from '@/api/types'
import { mayHave, sees } from './hands'

const somebody = (role: Agent['role'], state: Agent['state'] = 'active', ...areas: string[]) => ({ role, state, areas })

test('an area agent sees and is given what is of their areas', () => {
  const agent = somebody('area_agent', 'active', 'Atención', 'Pagos')
  expect(sees(agent, 'atencion')).toBe(true)
  expect(mayHave(agent, 'ATENCIÓN', 'pagos')).toBe(true)
  expect(mayHave(agent, 'Pagos', 'Redes')).toBe(false)
  expect(mayHave(agent)).toBe(true)
})

test('a light agent sees tickets and is given none; who has not come yet does neither', () => {
  expect(sees(somebody('light_agent'), 'Redes')).toBe(true)
  expect(mayHave(somebody('light_agent'), 'Redes')).toBe(false)
  expect(sees(somebody('agent', 'invited'), 'Redes')).toBe(false)
  expect(mayHave(somebody('supervisor'), 'Redes')).toBe(true)
})
