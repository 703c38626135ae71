import type { Token, Tokens } from 'marked';
import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { CopyButton } from '#ui/copy-button.tsx';
import { useWords } from '#words/use-words.ts';
import { plainText } from './library.ts';
import { headingId, resolveLink } from './links.ts';

type Place = { slug: string };
type Rendered = Place & { tokens: readonly Token[] | undefined };

const LINK = 'rounded-sm font-medium text-accent underline underline-offset-3 hover:no-underline';

function DocsLink({ slug, token }: Place & { token: Tokens.Link }) {
  const inner = <Inline slug={slug} tokens={token.tokens} />;
  const to = resolveLink(slug, token.href);
  if (to === null) return inner;
  if (to.startsWith('/') || to.startsWith('#'))
    return (
      <Link href={to} className={LINK} prefetch={false}>
        {inner}
      </Link>
    );
  return (
    <a href={to} className={LINK} rel="noreferrer">
      {inner}
    </a>
  );
}

function Heading({ slug, token }: Place & { token: Tokens.Heading }) {
  const id = headingId(plainText(token.tokens));
  const inner = (
    <a href={`#${id}`} className="rounded-sm hover:underline">
      <Inline slug={slug} tokens={token.tokens} />
    </a>
  );
  if (token.depth <= 2)
    return (
      <h2 id={id} className="scroll-mt-20 pt-6 text-lg font-semibold">
        {inner}
      </h2>
    );
  return (
    <h3 id={id} className="scroll-mt-20 pt-3 text-base font-semibold">
      {inner}
    </h3>
  );
}

function Code({ text }: { text: string }) {
  const words = useWords('docs');
  return (
    <div className="rounded-lg border border-line bg-surface">
      <div className="flex justify-end border-b border-line px-2 py-1">
        <CopyButton text={text} label={words('copy')} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard. */}
      <pre tabIndex={0} className="overflow-x-auto rounded-b-lg p-4 font-mono text-xs leading-5">
        <code>{text}</code>
      </pre>
    </div>
  );
}

function Table({ slug, token: { header, rows } }: Place & { token: Tokens.Table }) {
  const words = useWords('docs');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard.
    // biome-ignore lint/a11y/useSemanticElements: a region that scrolls is not a fieldset.
    <div role="group" aria-label={words('table')} tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-left">
        <thead>
          <tr className="border-b border-edge align-bottom">
            {header.map((cell, index) => (
              <th key={keyFor(index)} scope="col" className="py-2 pr-4 font-semibold">
                <Inline slug={slug} tokens={cell.tokens} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={keyFor(index)} className="border-b border-line align-top">
              {row.map((cell, column) => (
                <td key={keyFor(column)} className="min-w-24 py-2 pr-4">
                  <Inline slug={slug} tokens={cell.tokens} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Tokens do not move: their place is their name. */
const keyFor = (index: number) => `${index}`;

function List({ slug, token: { ordered, items } }: Place & { token: Tokens.List }) {
  const Element = ordered ? 'ol' : 'ul';
  return (
    <Element className={ordered ? 'list-decimal space-y-1.5 pl-6' : 'list-disc space-y-1.5 pl-6'}>
      {items.map((item, index) => (
        <li key={keyFor(index)} className="space-y-3">
          <Inline slug={slug} tokens={item.tokens} />
        </li>
      ))}
    </Element>
  );
}

type Renderer = (props: { slug: string; token: Token }) => ReactNode;

const inner: Renderer = ({ slug, token }) => (
  <Inline slug={slug} tokens={(token as { tokens?: Token[] }).tokens} />
);

/** What is not in the list is not shown; HTML least of all. */
const RENDERERS: Readonly<Record<string, Renderer>> = {
  heading: ({ slug, token }) => <Heading slug={slug} token={token as Tokens.Heading} />,
  paragraph: (props) => <p>{inner(props)}</p>,
  text: ({ slug, token }) => {
    const { tokens, text } = token as Tokens.Text;
    return tokens === undefined ? decoded(text) : <Inline slug={slug} tokens={tokens} />;
  },
  escape: ({ token }) => (token as Tokens.Escape).text,
  strong: (props) => <strong className="font-semibold">{inner(props)}</strong>,
  em: (props) => <em>{inner(props)}</em>,
  del: (props) => <del>{inner(props)}</del>,
  br: () => <br />,
  hr: () => <hr className="border-line" />,
  blockquote: (props) => (
    <blockquote className="space-y-3 border-l-2 border-edge pl-4 text-quiet">{inner(props)}</blockquote>
  ),
  codespan: ({ token }) => (
    <code className="rounded-sm bg-sunken px-1 py-0.5 font-mono text-xs wrap-anywhere">
      {(token as Tokens.Codespan).text}
    </code>
  ),
  code: ({ token }) => <Code text={(token as Tokens.Code).text} />,
  link: ({ slug, token }) => <DocsLink slug={slug} token={token as Tokens.Link} />,
  list: ({ slug, token }) => <List slug={slug} token={token as Tokens.List} />,
  table: ({ slug, token }) => <Table slug={slug} token={token as Tokens.Table} />,
};

/** The entities that our pages use; React writes its own. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&nbsp;': '\u00a0',
};
const decoded = (text: string) =>
  text.replaceAll(/&(?:lt|gt|amp|nbsp);/g, (entity) => ENTITIES[entity] ?? entity);

function Inline({ slug, tokens }: Rendered) {
  return (tokens ?? []).map((token, index) => {
    const render = RENDERERS[token.type];
    return <Fragment key={keyFor(index)}>{render?.({ slug, token })}</Fragment>;
  });
}

/** Markdown as React writes it: no HTML of a page's text reaches the browser as HTML. */
export function Markdown({ slug, tokens }: Rendered) {
  return (
    <div className="space-y-4 leading-6">
      <Inline slug={slug} tokens={tokens} />
    </div>
  );
}
