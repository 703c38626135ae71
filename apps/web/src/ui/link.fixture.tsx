import { type ComponentProps, createElement, type MouseEvent } from 'react';

type LinkProps = ComponentProps<'a'> & {
  href: string;
  prefetch?: boolean;
  scroll?: boolean;
  onNavigate?: (event: { preventDefault: () => void }) => void;
};

/**
 * Stands for `next/link` in tests of components: Next's own needs the router that only its builds have. A click tells
 * `onNavigate`, as that does, and goes nowhere.
 */
export default function Link({ prefetch: _, scroll: __, onNavigate, onClick, ...props }: LinkProps) {
  const navigate = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    event.preventDefault();
    onNavigate?.({ preventDefault: () => undefined });
  };
  return createElement('a', { ...props, onClick: navigate });
}
