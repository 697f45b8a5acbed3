import { useI18n } from 'vue-i18n'
import { Problem, type ProblemKind } from '@/api/problem'

export interface ProblemText {
  title: string
  detail: string
}

/** Kinds whose cause the server words better than we could. */
const SERVER_KNOWS: ReadonlySet<ProblemKind> = new Set([
  'invalid-input',
  'conflict',
  'transition-refused',
  'too-large',
  'unsupported-media-type',
  'unauthenticated',
])

/** Words any failure for a person: what happened, and what to do. Call in setup. */
export function useProblemText(): (error: unknown) => ProblemText {
  const { t } = useI18n()
  return (error) => {
    const problem = error instanceof Problem ? error : new Problem({ kind: 'internal', status: 0 })
    const told = SERVER_KNOWS.has(problem.kind) && sentence(problem)
    const seconds = Math.ceil(problem.retryAfter ?? 60)
    const detail = told || t(`problems.${problem.kind}.detail`, { seconds })
    const report = problem.kind === 'internal' && problem.instance ? ` (${problem.instance})` : ''
    return { title: t(`problems.${problem.kind}.title`), detail: detail + report }
  }
}

const sentence = (problem: Problem): string =>
  problem.errors.length === 0 ? problem.detail : problem.errors.map((error) => error.detail).join('. ')
