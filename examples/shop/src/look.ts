import { findProduct, type Product } from './catalogue.ts';

/** A table laid with our things. */
export type Look = { slug: string; name: string; text: string; products: readonly Product[] };

const ROWS: readonly [string, string, string, string[]][] = [
  [
    'monday',
    'Monday, seven o’clock',
    'One mug, one bowl, and the radio. The glaze of the mug breaks to rust at the rim, so no two mornings hold the same one.',
    ['breakfast-bowl', 'morning-mug', 'bud-vase'],
  ],
  [
    'soup',
    'Soup for whoever comes',
    'The big bowl in the middle, salt within reach, and a spoon for everyone. Nobody asks what matches.',
    ['serving-bowl', 'utensil-crock', 'salt-jar'],
  ],
  [
    'four-oclock',
    'Four o’clock',
    'Tea that is poured twice, and a vase tall enough to be looked at from the sofa.',
    ['teapot', 'espresso-cup', 'stem-vase'],
  ],
];

export const LOOKS: readonly Look[] = ROWS.map(([slug, name, text, products]) => ({
  slug,
  name,
  text,
  products: products.map(findProduct).filter((product) => product !== undefined),
}));

/** The look of this slug, if there is one. */
export function findLook(slug: string): Look | undefined {
  return LOOKS.find((look) => look.slug === slug);
}
