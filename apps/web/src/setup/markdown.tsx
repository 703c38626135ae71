import type { Token, Tokens } from 'marked';
import { Fragment, type ReactNode } from 'react';
import { CopyButton } from '#ui/copy-button.tsx';
import { useWords } from '#words/use-words.ts';

/** Entities that the reader of Markdown has put into plain text. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};
const plain = (text: string) =>
  text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);

/** A piece of code with a button that copies it. */
function CodeBlock({ text }: { text: string }) {
  const words = useWords('setup');
  return (
    <div className="overflow-hidden rounded-md border border-line bg-sunken">
      <pre className="p-4 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">
        <code>{text}</code>
      </pre>
      <div className="flex justify-end border-t border-line bg-surface px-3 py-2">
        <CopyButton text={text} label={words('copy')} />
      </div>
    </div>
  );
}

/** A link to elsewhere; what leads to another page of the documentation is told without one. */
function Elsewhere({ href, children }: { href: string; children: ReactNode }) {
  if (!href.startsWith('https://')) return children;
  return (
    <a href={href} rel="noreferrer" target="_blank" className="text-accent underline underline-offset-3">
      {children}
    </a>
  );
}

/** Each kind of token that pages of docs/install have; others are shown as their text. */
const KINDS: Readonly<Record<string, (token: Tokens.Generic) => ReactNode>> = {
  heading: ({ tokens }) => <h3 className="pt-2 font-semibold">{inline(tokens)}</h3>,
  paragraph: ({ tokens }) => <p>{inline(tokens)}</p>,
  code: ({ text }) => <CodeBlock text={text} />,
  list: ({ ordered, items }) => {
    const rows = (items as Tokens.ListItem[]).map(({ tokens, raw }) => (
      <li key={raw} className="space-y-3 pl-1">
        <Blocks tokens={tokens} />
      </li>
    ));
    return ordered ? (
      <ol className="list-decimal space-y-3 pl-6">{rows}</ol>
    ) : (
      <ul className="list-disc space-y-2 pl-6">{rows}</ul>
    );
  },
  strong: ({ tokens }) => <strong className="font-semibold">{inline(tokens)}</strong>,
  em: ({ tokens }) => <em>{inline(tokens)}</em>,
  codespan: ({ text }) => <code className="font-mono text-xs wrap-anywhere">{plain(text)}</code>,
  link: ({ href, tokens }) => <Elsewhere href={href}>{inline(tokens)}</Elsewhere>,
  text: ({ tokens, text }) => (tokens === undefined ? plain(text) : inline(tokens)),
  escape: ({ text }) => plain(text),
  space: () => null,
};

const showToken = (token: Token): ReactNode =>
  KINDS[token.type]?.(token as Tokens.Generic) ?? plain(token.raw);

/** Tokens by their place: the same word may come twice. */
const inline = (tokens: readonly Token[] = []): ReactNode =>
  tokens.map((token, index) => <Fragment key={index}>{showToken(token)}</Fragment>);

/** What a text in Markdown says, as elements; HTML in it is shown as text. */
export function Blocks({ tokens }: { tokens: readonly Token[] }): ReactNode {
  return inline(tokens);
}
