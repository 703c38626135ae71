import type { Glaze, Shape } from './picture.ts';

export type Category = { slug: string; name: string; intro: string };

export type Product = {
  slug: string;
  sku: string;
  name: string;
  /** Slug of its category. */
  category: string;
  /** Price of one piece in cents, tax included. */
  cents: number;
  blurb: string;
  size: string;
  care: string;
  shape: Shape;
  glaze: Glaze;
};

export const CATEGORIES: readonly Category[] = [
  {
    slug: 'bowls-plates',
    name: 'Bowls & plates',
    intro: 'For the table of every day, and made to be stacked.',
  },
  { slug: 'cups-pots', name: 'Cups & pots', intro: 'Thin where you drink, thick where you hold.' },
  { slug: 'kitchen', name: 'Kitchen', intro: 'Wood and stoneware that live next to the stove.' },
  { slug: 'vases', name: 'Vases', intro: 'For one stem from the roadside or an armful of them.' },
];

const STONEWARE = 'Stoneware. Dishwasher and oven up to 180 °C.';
const WOOD = 'Wash by hand, dry upright, oil twice a year.';
const VASE = 'Stoneware, watertight. Rinse by hand.';

/** One line a product: slug, sku, name, category, cents, shape, glaze, size, care, blurb. */
const ROWS: readonly [string, string, string, string, number, Shape, Glaze, string, string, string][] = [
  [
    'breakfast-bowl',
    'BP-01',
    'Breakfast bowl',
    'bowls-plates',
    2400,
    'bowl',
    'oat',
    '15 cm, 0.6 l',
    STONEWARE,
    'Deep enough for porridge, wide enough for fruit. The glaze stops short of the foot, so you feel the bare clay.',
  ],
  [
    'pasta-plate',
    'BP-02',
    'Pasta plate',
    'bowls-plates',
    3200,
    'plate',
    'ink',
    '24 cm',
    STONEWARE,
    'Half bowl, half plate: a low wall keeps the sauce in and the fork honest.',
  ],
  [
    'serving-bowl',
    'BP-03',
    'Serving bowl',
    'bowls-plates',
    5800,
    'basin',
    'moss',
    '29 cm, 2.4 l',
    STONEWARE,
    'The big one in the middle. Salad for six or bread for the week.',
  ],
  [
    'side-plate',
    'BP-04',
    'Side plate',
    'bowls-plates',
    1950,
    'plate',
    'rose',
    '18 cm',
    STONEWARE,
    'For toast, for cake, for the stone of the olive.',
  ],
  [
    'morning-mug',
    'CP-01',
    'Morning mug',
    'cups-pots',
    2200,
    'mug',
    'clay',
    '0.3 l',
    STONEWARE,
    'A mug for slow mornings, with a handle for three fingers and room for the fourth.',
  ],
  [
    'espresso-cup',
    'CP-02',
    'Espresso cup',
    'cups-pots',
    1600,
    'cup',
    'ink',
    '0.08 l, with saucer',
    STONEWARE,
    'Thick walls keep a short coffee hot; the saucer has a place for the spoon.',
  ],
  [
    'tall-tumbler',
    'CP-03',
    'Tall tumbler',
    'cups-pots',
    1800,
    'tumbler',
    'oat',
    '0.35 l',
    STONEWARE,
    'No handle, no fuss. Water, wine or three toothbrushes.',
  ],
  [
    'teapot',
    'CP-04',
    'Teapot',
    'cups-pots',
    7400,
    'teapot',
    'moss',
    '0.9 l',
    STONEWARE,
    'It pours without a drip, which took us eleven tries. The lid stays on.',
  ],
  [
    'salt-jar',
    'KI-01',
    'Salt jar',
    'kitchen',
    2800,
    'jar',
    'rose',
    '0.4 l',
    'Jar: dishwasher. Lid: wipe only.',
    'Salt within reach and dry, under a lid of oiled oak.',
  ],
  [
    'oak-board',
    'KI-02',
    'Oak board',
    'kitchen',
    4600,
    'board',
    'clay',
    '42 × 20 cm',
    WOOD,
    'One piece of oak, quartersawn so that it stays flat. The hole is for the hook.',
  ],
  [
    'cherry-spoon',
    'KI-03',
    'Cherry spoon',
    'kitchen',
    1400,
    'spoon',
    'clay',
    '30 cm',
    WOOD,
    'Carved with a flat edge that reaches into the corner of the pan.',
  ],
  [
    'utensil-crock',
    'KI-04',
    'Utensil crock',
    'kitchen',
    3400,
    'crock',
    'ink',
    '16 cm high',
    STONEWARE,
    'Heavy enough not to tip when you reach for the whisk.',
  ],
  [
    'bud-vase',
    'VA-01',
    'Bud vase',
    'vases',
    2600,
    'bud',
    'rose',
    '12 cm',
    VASE,
    'For the one flower that broke off.',
  ],
  [
    'stem-vase',
    'VA-02',
    'Stem vase',
    'vases',
    4800,
    'bottle',
    'oat',
    '27 cm',
    VASE,
    'A narrow neck that makes three tulips look deliberate.',
  ],
  [
    'moon-jar',
    'VA-03',
    'Moon jar',
    'vases',
    12000,
    'moon',
    'oat',
    '24 cm',
    VASE,
    'Two bowls thrown apart and joined at the belly. No two are quite round.',
  ],
];

export const PRODUCTS: readonly Product[] = ROWS.map(
  ([slug, sku, name, category, cents, shape, glaze, size, care, blurb]) => ({
    slug,
    sku,
    name,
    category,
    cents,
    shape,
    glaze,
    size,
    care,
    blurb,
  }),
);

/** The product of this slug, if there is one. */
export function findProduct(slug: string): Product | undefined {
  return PRODUCTS.find((product) => product.slug === slug);
}

/** The category of this slug, if there is one. */
export function findCategory(slug: string): Category | undefined {
  return CATEGORIES.find((category) => category.slug === slug);
}

/** All products of a category, in the order of the catalogue. */
export function listProducts(category: Category): Product[] {
  return PRODUCTS.filter((product) => product.category === category.slug);
}
