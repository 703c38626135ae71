import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

/** A surface with a hairline; the unit that pages are made of. */
export function Panel({ className, ...props }: ComponentProps<'section'>) {
  return <section className={classNames('rounded-lg border border-line bg-surface', className)} {...props} />;
}

/** Heading of a panel, with what can be chosen in it at the right. */
export function PanelHead({ id, title, children }: { id: string; title: string; children?: ReactNode }) {
  return (
    <header className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 px-4 pt-2 sm:px-5">
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      {children}
    </header>
  );
}
