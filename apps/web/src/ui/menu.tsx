'use client';

import { Check } from 'lucide-react';
import Link from 'next/link';
import { DropdownMenu } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';

const ITEM =
  'flex min-h-11 w-full cursor-pointer items-center gap-2 rounded-sm px-2.5 outline-none select-none data-highlighted:bg-sunken sm:min-h-8';

type MenuProps = { trigger: ReactNode; align?: 'start' | 'end'; children: ReactNode };

/** A menu behind a button. `trigger` is the button. */
export function Menu({ trigger, align = 'start', children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={6}
          collisionPadding={12}
          className="z-30 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto rounded-lg border border-line bg-surface p-1.5 shadow-float"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** A place to go. */
export function MenuLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <DropdownMenu.Item asChild>
      <Link prefetch={false} className={classNames(ITEM, className)} {...props} />
    </DropdownMenu.Item>
  );
}

/** Something to do. */
export function MenuItem({ className, ...props }: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item className={classNames(ITEM, className)} {...props} />;
}

type MenuChoicesProps = {
  label: string;
  chosen: string;
  onChoose: (value: string) => void;
  children: ReactNode;
};

/** Choices of which one holds. */
export function MenuChoices({ label, chosen, onChoose, children }: MenuChoicesProps) {
  return (
    <DropdownMenu.RadioGroup aria-label={label} value={chosen} onValueChange={onChoose}>
      {children}
    </DropdownMenu.RadioGroup>
  );
}

/** One of {@link MenuChoices}. */
export function MenuChoice({ className, children, ...props }: ComponentProps<typeof DropdownMenu.RadioItem>) {
  return (
    <DropdownMenu.RadioItem className={classNames(ITEM, className)} {...props}>
      <span className="size-4">
        <DropdownMenu.ItemIndicator>
          <Check aria-hidden className="size-4 text-accent" />
        </DropdownMenu.ItemIndicator>
      </span>
      {children}
    </DropdownMenu.RadioItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 py-1.5 text-xs text-quiet">{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="-mx-1.5 my-1.5 h-px bg-line" />;
}
