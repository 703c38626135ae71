import { CopyButton } from '#ui/copy-button.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { useWords } from '#words/use-words.ts';

type Props = {
  /** The shop's own page with what the tracker's part `team` looks for. */
  link: string;
  /** The snippet with that part. */
  snippet: string;
};

function Copied({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <code className="min-w-0 flex-1 basis-60 font-mono text-xs wrap-anywhere">{text}</code>
      <CopyButton text={text} label={label} />
    </div>
  );
}

/** How a team leaves its own browsers out: a link, without naming an address. */
export function TeamLink({ link, snippet }: Props) {
  const words = useWords('install');
  return (
    <Panel aria-labelledby="team-link">
      <PanelHead id="team-link" title={words('teamTitle')} />
      <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">
        <p className="text-quiet">{words('teamText')}</p>
        <Copied text={link} label={words('teamCopy')} />
        <p className="text-quiet">
          {words.rich('teamPart', { code: (text) => <code className="font-mono text-xs">{text}</code> })}
        </p>
        <Copied text={snippet} label={words('teamCopySnippet')} />
      </div>
    </Panel>
  );
}
