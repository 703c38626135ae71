'use client';

import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import {
  type ComponentProps,
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useTransition,
} from 'react';

/** Goes to another address of this page. */
type Refine = (address: string) => void;

const RefineContext = createContext<Refine>(() => undefined);

/** Everything below can change what the page shows without leaving it: old numbers stay until the new ones are there. */
export function RefineArea({ children }: { children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const [pending, startTransition] = useTransition();
  const refine = useCallback(
    (address: string) => startTransition(() => router.push(pathname + address, { scroll: false })),
    [router, pathname],
  );
  return (
    <RefineContext value={refine}>
      <div className="refining" data-pending={pending ? '' : undefined}>
        {children}
      </div>
    </RefineContext>
  );
}

/** Changes what the page shows; see {@link RefineArea}. */
export const useRefine = (): Refine => useContext(RefineContext);

/** A link to another address (`?period=7d`) of the same page. */
export function RefineLink({
  address,
  ...props
}: Omit<ComponentProps<typeof Link>, 'href'> & { address: string }) {
  const refine = useRefine();
  const pathname = usePathname();
  return (
    <Link
      href={pathname + address}
      prefetch={false}
      scroll={false}
      onNavigate={(event) => {
        event.preventDefault();
        refine(address);
      }}
      {...props}
    />
  );
}
