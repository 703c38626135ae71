import type { settingsInForce } from '#access/settings-in-force.ts';
import type { Words } from '#words/words.ts';

/** What an agreement after Art. 28 GDPR says, in this order. */
const SECTIONS = [
  'subject',
  'duration',
  'nature',
  'data',
  'persons',
  'instructions',
  'confidentiality',
  'measures',
  'subProcessors',
  'assistance',
  'incidents',
  'deletion',
  'audits',
] as const;

/** An agreement as it is shown and downloaded. */
export type Agreement = {
  title: string;
  /** That it is a template, which somebody has to check. */
  notice: string;
  parties: string[];
  sections: { title: string; paragraphs: string[] }[];
  signatures: string[];
};

type Facts = Pick<ReturnType<typeof settingsInForce>, 'auditDays' | 'sendsMail' | 'host'> & {
  /** Whose agreement it is; null: a line to write on. */
  controller: string | null;
};

const LINE = '______________________________';

/** The agreement between a merchant and whoever runs the installation, in the words of a language. */
export function writeAgreement(
  words: Words<'agreement'>,
  { controller, host, sendsMail, auditDays }: Facts,
): Agreement {
  const parties = { controller: controller ?? LINE, host };
  const paragraphs = (section: (typeof SECTIONS)[number]): string[] => {
    if (section === 'subProcessors')
      return [words('sections.subProcessors.text'), words(sendsMail ? 'mailServer' : 'noSubProcessor')];
    if (section === 'deletion')
      return [words('sections.deletion.text'), words('auditKept', { days: auditDays })];
    return [words(`sections.${section}.text`, parties)];
  };
  return {
    title: words('title'),
    notice: words('notice'),
    parties: [words('controller', parties), words('processor', { operator: LINE, host })],
    sections: SECTIONS.map((section, index) => ({
      title: `${index + 1}. ${words(`sections.${section}.title`)}`,
      paragraphs: paragraphs(section),
    })),
    signatures: [words('signController', { line: LINE }), words('signProcessor', { line: LINE })],
  };
}

// Names come from merchants: none may make a heading or a link of itself.
const plain = (text: string) => text.replace(/[\\`*[\]<>#|]/g, String.raw`\$&`);

/** The same as Markdown, which is plain text as well. */
export const agreementText = ({ title, notice, parties, sections, signatures }: Agreement): string =>
  [
    `# ${title}`,
    `> ${notice}`,
    ...parties.map(plain),
    ...sections.flatMap((section) => [`## ${section.title}`, ...section.paragraphs.map(plain)]),
    ...signatures.map(plain),
    '',
  ].join('\n\n');
