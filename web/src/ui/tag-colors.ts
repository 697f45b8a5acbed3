import { computed, type InjectionKey, inject, provide } from 'vue'
import { useTags } from '@/api/lists'
import type { TagColor } from './tag-looks'

type ColorOf = (name: string) => TagColor
const KEY: InjectionKey<ColorOf> = Symbol('tag colours')

/** Loads the colours of the tags once for all that is below. Call in setup. */
export function provideTagColors(): void {
  const { data } = useTags()
  const colors = computed(() => new Map(data.value?.map(({ name, color }) => [name, color])))
  provide(KEY, (name) => colors.value.get(name) ?? 'gray')
}

/** The colour of a tag by its name; gray until it is known. */
export const useTagColor = (): ColorOf => inject(KEY, () => 'gray')
