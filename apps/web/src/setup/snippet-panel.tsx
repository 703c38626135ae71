import { Fragment } from 'react';
import { CopyButton } from '#ui/copy-button.tsx';
import { Panel } from '#ui/panel.tsx';
import { Unbroken } from '#ui/unbroken.tsx';
import { useWords } from '#words/use-words.ts';

/** The line that a site's pages need, and its key. */
export function SnippetPanel({ snippet, siteKey }: { snippet: string; siteKey: string }) {
  const words = useWords('install');
  return (
    <Panel>
      <pre className="p-5 font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">
        <code>
          {snippet.split(' ').map((part, index) => (
            <Fragment key={part}>
              {index > 0 && ' '}
              <Unbroken>{part}</Unbroken>
            </Fragment>
          ))}
        </code>
      </pre>
      <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-5 py-3">
        <p className="text-quiet">
          {words('siteKey')} <code className="font-mono text-xs text-ink">{siteKey}</code>
        </p>
        <CopyButton text={snippet} label={words('copySnippet')} />
      </div>
    </Panel>
  );
}
