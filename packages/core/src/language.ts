/** As nearly all browsers write it. */
const AS_IT_SHOULD = /^[a-z]{2,3}(?:-[A-Z]{2})?$/;
const TAG = /^[a-z]{2,3}(?:-[a-z\d]{1,8})*$/i;

/** A subtag behind the language: of a script (`Hans`), of a region (`GB`), or another one; behind a single letter all are others. */
function spellSubtag(subtag: string, index: number, all: readonly string[]): string {
  const small = subtag.toLowerCase();
  if (index === 0 || all.slice(1, index).some((before) => before.length === 1)) return small;
  if (/^[a-z]{2}$/.test(small)) return small.toUpperCase();
  return /^[a-z]{4}$/.test(small) ? small.charAt(0).toUpperCase() + small.slice(1) : small;
}

/**
 * A language in its one spelling, that of BCP 47: `en_gb`, `EN-gb` and `en_GB.UTF-8` are `en-GB`, `zh-hans-cn` is `zh-Hans-CN`, of a list
 * (`en-GB,en;q=0.9`) the first. What is not a tag stays as written. Its result is a fixed point.
 */
export function languageText(text: string): string {
  if (AS_IT_SHOULD.test(text)) return text;
  const [said = ''] = text.split(/[,;]/, 1);
  const [tag = ''] = said.trim().split(/[.@]/, 1);
  const plain = tag.replaceAll('_', '-');
  return TAG.test(plain) ? plain.split('-').map(spellSubtag).join('-') : text;
}
