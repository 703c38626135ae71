import type { Dimension } from '@footfall/core/dimension';
import { ask } from './composite.ts';
import { EVENTS, fieldName, ITEMS, ownField } from './condition.ts';
import { keyText } from './keys.ts';
import type { Target } from './target.ts';

/** All distinct texts of a dimension in a target. */
export async function distinctTexts(dimension: Dimension, target: Target): Promise<string[]> {
  const isItem = dimension.kind === 'item';
  const path = isItem ? ITEMS : EVENTS;
  const fields = [isItem ? ownField(dimension) : fieldName(dimension, EVENTS)];
  const texts: string[] = [];
  await ask(target, [{ roots: [], path, where: [], fields, aggs: {} }], ({ values: [value] }) => {
    texts.push(keyText(value));
  });
  return texts;
}
