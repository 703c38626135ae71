import { Body } from '@react-email/body';
import { Button } from '@react-email/button';
import { Container } from '@react-email/container';
import { Head } from '@react-email/head';
import { Heading } from '@react-email/heading';
import { Html } from '@react-email/html';
import { Link } from '@react-email/link';
import { Preview } from '@react-email/preview';
import { Text } from '@react-email/text';
import { createElement as h, type ReactElement } from 'react';

/** What a mail shows, in the language of its reader. */
export type MailContent = {
  locale: string;
  title: string;
  paragraphs: readonly string[];
  button: string;
  url: string;
  /** Above the address, for whom the button does not work. */
  address: string;
  note: string;
};

const FONT = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, Helvetica, Arial, sans-serif';
const INK = '#1c2024';
const QUIET = '#5b6270';
const ACCENT = '#2557d6';

const STYLES = {
  body: { backgroundColor: '#f4f5f7', fontFamily: FONT, margin: 0, padding: '24px 12px' },
  card: {
    backgroundColor: '#ffffff',
    borderRadius: '8px',
    margin: '0 auto',
    maxWidth: '520px',
    padding: '32px',
  },
  brand: { color: QUIET, fontSize: '14px', fontWeight: 600, margin: '0 0 24px' },
  title: { color: INK, fontSize: '22px', lineHeight: '30px', margin: '0 0 16px' },
  text: { color: INK, fontSize: '16px', lineHeight: '24px', margin: '0 0 16px' },
  button: {
    backgroundColor: ACCENT,
    borderRadius: '6px',
    color: '#ffffff',
    fontSize: '16px',
    fontWeight: 600,
    margin: '8px 0 24px',
    padding: '12px 20px',
  },
  small: { color: QUIET, fontSize: '14px', lineHeight: '21px', margin: '0 0 16px' },
  link: { color: ACCENT, wordBreak: 'break-all' },
} as const;

/** A mail as React Email's components draw it. Without JSX, since Node runs this file as it is. */
export function mailLayout(content: MailContent): ReactElement {
  const { locale, title, paragraphs, button, url, address, note } = content;
  return h(
    Html,
    { lang: locale },
    h(Head, null, h('title', null, title)),
    h(Preview, null, paragraphs[0] ?? title),
    h(
      Body,
      { style: STYLES.body },
      h(
        Container,
        { style: STYLES.card },
        h(Text, { style: STYLES.brand }, 'Footfall'),
        h(Heading, { as: 'h1', style: STYLES.title }, title),
        ...paragraphs.map((text) => h(Text, { key: text, style: STYLES.text }, text)),
        h(Button, { href: url, style: STYLES.button }, button),
        h(Text, { style: STYLES.small }, address, h('br'), h(Link, { href: url, style: STYLES.link }, url)),
        h(Text, { style: { ...STYLES.small, marginBottom: 0 } }, note),
      ),
    ),
  );
}
