import type { Agent } from '@/api/types'

/** Who sees and is given tickets, as the desk has it (core/access.py): what it would refuse is not offered. */

type Known = Pick<Agent, 'state' | 'role' | 'areas'>

/** Whether somebody who has joined sees the tickets of these areas. */
export const sees = ({ state, role, areas }: Known, ...wanted: string[]): boolean =>
  state === 'active' &&
  (role !== 'area_agent' || wanted.every((area) => areas.some((one) => folded(one) === folded(area))))

/** Whether the tickets of these areas, or of some if none is named, may be given to somebody. */
export const mayHave = (agent: Known, ...wanted: string[]): boolean =>
  agent.role !== 'light_agent' && sees(agent, ...wanted)

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .trim()
