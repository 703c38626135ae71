'use client';

import Link from 'next/link';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import {
  type ComponentProps,
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useTransition,
} from 'react';
import { type Refinement, refined } from '#reports/address.ts';

type Refine = (refinement: Refinement) => void;

const RefineContext = createContext<Refine>(() => undefined);

/** The address with a change as of now: what was rendered may be a key press behind. */
export const refinedHere = (refinement: Refinement): string =>
  window.location.pathname + refined(new URLSearchParams(window.location.search), refinement);

/** Everything below can change what the page shows without leaving it: old numbers stay until the new ones are there. */
export function RefineArea({ children }: { children: ReactNode }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const refine = useCallback(
    (refinement: Refinement) =>
      startTransition(() => router.push(refinedHere(refinement), { scroll: false })),
    [router],
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

type RefineLinkProps = Omit<ComponentProps<typeof Link>, 'href'> & { to: Refinement };

/** A link to the same page with a change. */
export function RefineLink({ to, ...props }: RefineLinkProps) {
  const refine = useRefine();
  const pathname = usePathname();
  const parameters = new URLSearchParams(useSearchParams());
  return (
    <Link
      href={pathname + refined(parameters, to)}
      prefetch={false}
      scroll={false}
      onNavigate={(event) => {
        event.preventDefault();
        refine(to);
      }}
      {...props}
    />
  );
}
