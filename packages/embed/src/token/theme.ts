/** What a theme may set, each by what its value must look like: it becomes a variable of the embed's style. */
const COLOUR =
  /^(#([0-9a-f]{3}|[0-9a-f]{6})|(rgb|hsl)\(\s*\d{1,3}(\.\d+)?(\s*,?\s*\d{1,3}(\.\d+)?%?){2}\s*\)|[a-z]{3,20})$/i;
const LENGTH = /^\d{1,3}(\.\d{1,2})?(px|rem|em)$/;
/** Names of fonts that a reader's machine has; none is loaded. */
const FONT = /^[a-z0-9 ,-]{1,200}$/i;

export const THEME_VARIABLES = {
  accent: COLOUR,
  background: COLOUR,
  surface: COLOUR,
  text: COLOUR,
  muted: COLOUR,
  line: COLOUR,
  radius: LENGTH,
  font: FONT,
} as const satisfies Record<string, RegExp>;

export type ThemeVariable = keyof typeof THEME_VARIABLES;
export type Theme = Readonly<Partial<Record<ThemeVariable, string>>>;
