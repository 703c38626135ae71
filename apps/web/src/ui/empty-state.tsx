import type { ReactNode } from 'react';

/** An invitation where there is nothing yet: what will be here, and what to do. */
export function EmptyState({
  title,
  children,
  action,
  isPage = false,
}: {
  title: string;
  /** It is all of a page, so that its title is the page's heading. */
  isPage?: boolean;
  children: ReactNode;
  action?: ReactNode;
}) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className="mx-auto flex max-w-form flex-col items-center gap-2 px-4 py-12 text-center">
      <Title className="text-base font-semibold text-balance">{title}</Title>
      <div className="text-quiet text-balance">{children}</div>
      {action !== undefined && <div className="pt-3">{action}</div>}
    </div>
  );
}
