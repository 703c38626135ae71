import { renderToStaticMarkup } from 'react-dom/server';
import { harmless } from './harmless.ts';
import { type MailContent, mailLayout } from './layout.ts';
import { type MailFacts, TEMPLATES, type TemplateName } from './template.ts';
import { MAIL_WORDS, type MailLocale } from './words.ts';

/** What a mail is about: its kind, and the facts that this kind needs. */
export type MailSubject = {
  [Name in TemplateName]: { template: Name; facts: MailFacts[Name] };
}[TemplateName];

export type RenderedMail = { subject: string; html: string; text: string };

/** XHTML's, which mail programs know best. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

const fill = (words: string, facts: Readonly<Record<string, string>>): string =>
  words.replace(/\{(\w+)\}/g, (_, name: string) => harmless(facts[name] ?? ''));

/** A header is one line, whatever is in it. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const asText = ({ title, paragraphs, button, url, note }: MailContent): string =>
  [title, ...paragraphs, `${button}:\n${url}`, note, '-- \nFootfall'].join('\n\n');

/** A mail in a language, as HTML and as plain text; `webUrl` is the portal's address, which its links begin with. */
export function renderMail(
  { template, facts }: MailSubject,
  { locale, webUrl }: { locale: MailLocale; webUrl: string },
): RenderedMail {
  const words = MAIL_WORDS[locale];
  const { subject, paragraphs, button, note } = words[template];
  const said: Readonly<Record<string, string>> = { ...facts };
  const findPath = TEMPLATES[template].findPath as (facts: MailSubject['facts']) => string;
  const title = oneLine(fill(subject, said));
  const content: MailContent = {
    locale,
    title,
    paragraphs: paragraphs.map((text) => fill(text, said)),
    button,
    url: webUrl + findPath(facts),
    address: words.address,
    note,
  };
  return {
    subject: title,
    html: DOCTYPE + renderToStaticMarkup(mailLayout(content)),
    text: asText(content),
  };
}
