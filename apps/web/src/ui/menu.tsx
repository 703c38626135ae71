'use client';

import { Check } from 'lucide-react';
import Link from 'next/link';
import {
  type ComponentProps,
  createContext,
  type MouseEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  use,
} from 'react';
import { classNames } from './class-names.ts';
import { useMenu } from './use-menu.ts';

const ITEM =
  'flex min-h-11 w-full cursor-pointer items-center gap-2 rounded-sm px-2.5 text-left outline-none select-none focus:bg-sunken aria-disabled:cursor-not-allowed aria-disabled:opacity-55 sm:min-h-8';

/** Closes the menu around and gives the focus back. */
const Leave = createContext<() => void>(() => undefined);

type MenuProps = {
  trigger: ReactElement<ComponentProps<'button'>>;
  align?: 'start' | 'end';
  children: ReactNode;
};

/** A menu behind a button, as https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ has it. `trigger` is the button. */
export function Menu({ trigger, align = 'start', children }: MenuProps) {
  const { isOpen, leave, root, button, menu, triggerId } = useMenu(trigger);
  return (
    <div ref={root} className="relative min-w-0">
      {button}
      {isOpen && (
        <div
          {...menu}
          role="menu"
          tabIndex={-1}
          aria-labelledby={triggerId}
          className={classNames(
            'absolute top-full z-30 mt-1.5 w-max max-w-[calc(100vw-1.5rem)] min-w-52 overflow-y-auto rounded-lg border border-line bg-surface p-1.5 shadow-float outline-none',
            align === 'start' ? 'left-0' : 'right-0',
          )}
        >
          <Leave value={leave}>{children}</Leave>
        </div>
      )}
    </div>
  );
}

/** What is under the mouse is what the arrow keys go on from. */
const focusHere = (event: PointerEvent<HTMLElement>) => event.currentTarget.focus({ preventScroll: true });

/** A place to go. */
export function MenuLink({ className, ...props }: ComponentProps<typeof Link>) {
  const leave = use(Leave);
  return (
    <Link
      role="menuitem"
      tabIndex={-1}
      prefetch={false}
      onPointerMove={focusHere}
      onClick={leave}
      className={classNames(ITEM, className)}
      {...props}
    />
  );
}

type MenuItemProps = Omit<ComponentProps<'button'>, 'onSelect' | 'disabled'> & {
  onSelect?: () => void;
  disabled?: boolean;
};

/** Something to do. */
export function MenuItem({ className, disabled = false, onSelect, ...props }: MenuItemProps) {
  const leave = use(Leave);
  const select = (event: MouseEvent) => {
    event.preventDefault();
    if (disabled) return;
    // First: what is done may open a dialog, which gives the focus back to where it was then.
    leave();
    onSelect?.();
  };
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={disabled || undefined}
      onPointerMove={disabled ? undefined : focusHere}
      onClick={select}
      className={classNames(ITEM, className)}
      {...props}
    />
  );
}

const Choices = createContext<{ chosen: string; onChoose: (value: string) => void } | null>(null);

type MenuChoicesProps = {
  label: string;
  chosen: string;
  onChoose: (value: string) => void;
  children: ReactNode;
};

/** Choices of which one holds. */
export function MenuChoices({ label, chosen, onChoose, children }: MenuChoicesProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a menu.
    <div role="group" aria-label={label}>
      <Choices value={{ chosen, onChoose }}>{children}</Choices>
    </div>
  );
}

/** One of {@link MenuChoices}. */
export function MenuChoice({ value, children, ...props }: Omit<MenuItemProps, 'value'> & { value: string }) {
  const choices = use(Choices);
  const isChosen = choices?.chosen === value;
  return (
    <MenuItem
      role="menuitemradio"
      aria-checked={isChosen}
      onSelect={() => choices?.onChoose(value)}
      {...props}
    >
      <span className="size-4">{isChosen && <Check aria-hidden className="size-4 text-accent" />}</span>
      {children}
    </MenuItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className="px-2.5 py-1.5 text-xs text-quiet">{children}</div>;
}

export function MenuSeparator() {
  return <hr className="-mx-1.5 my-1.5 h-px border-0 bg-line" />;
}
