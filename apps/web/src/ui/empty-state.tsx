import type { ReactNode } from 'react';

/** An invitation where there is nothing yet: what will be here, and what to do. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="mx-auto flex max-w-form flex-col items-center gap-2 px-4 py-12 text-center">
      <p className="text-base font-semibold text-balance">{title}</p>
      <div className="text-quiet text-balance">{children}</div>
      {action !== undefined && <div className="pt-3">{action}</div>}
    </div>
  );
}
