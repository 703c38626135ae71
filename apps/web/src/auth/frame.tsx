import type { ReactNode } from 'react';
import { LanguageLinks } from '#shell/language-links.tsx';
import { Panel } from '#ui/panel.tsx';

type FrameProps = { title: string; children: ReactNode; footer: ReactNode };

/** A form of somebody who is not signed in, with its title and the way to the other forms. */
export function AuthFrame({ title, children, footer }: FrameProps) {
  return (
    <>
      <Panel className="p-6">
        <h1 className="pb-5 text-lg font-semibold">{title}</h1>
        {children}
      </Panel>
      <p className="text-center text-quiet">{footer}</p>
      <LanguageLinks />
    </>
  );
}
