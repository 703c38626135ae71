import { describe, expect, it } from 'vitest';
import { wordsIn } from '#words/words.ts';
import { agreementText, writeAgreement } from './agreement.ts';

const facts = { controller: 'Kiln & Co', host: 'stats.example', sendsMail: true, auditDays: 730 };

describe.each(['en', 'de'] as const)('the agreement in %s', (locale) => {
  const write = (more: Partial<Parameters<typeof writeAgreement>[1]> = {}) =>
    agreementText(writeAgreement(wordsIn(locale, 'agreement'), { ...facts, ...more }));

  it('has what Art. 28 GDPR asks for, and says that it is a template', () => {
    const text = write();
    expect(text.match(/^## /gm)).toHaveLength(13);
    expect(text).toMatch(/^> .*(template|Vorlage)/m);
    expect(text).toContain('Kiln & Co');
    expect(text).toMatch(/730 (days|Tage)/);
    expect(text).not.toMatch(/[{}]|undefined|agreement\./);
  });

  it('names the mail server where there is one, and has a line to write on where nobody is signed in', () => {
    expect(write()).toMatch(/mail server|Mailserver/);
    expect(write({ sendsMail: false })).not.toMatch(/mail server|Mailserver/);
    expect(write({ controller: null })).toContain('____');
  });

  it('lets the name of a team make neither a heading nor a link nor markup of itself', () => {
    const text = write({ controller: '# Fine\n[win](https://evil.example) <img src=x>' });
    expect(text).not.toMatch(/^# Fine|(?<!\\)\]\(https|(?<!\\)<img/m);
  });
});
