import type { ReactNode } from 'react';
import { Panel, PanelHead } from '#ui/panel.tsx';

/** A panel of staff's pages with a heading of its own. */
export function ListPanel({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <Panel aria-labelledby={id}>
      <PanelHead id={id} title={title} />
      <div className="px-4 pt-1 pb-4 sm:px-5">{children}</div>
    </Panel>
  );
}
