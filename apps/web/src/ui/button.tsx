import Link from 'next/link';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

/** `primary`: the one thing to do here; `secondary`: others; `quiet`: in bars and rows; `danger`: cannot be taken back. */
export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

const VARIANTS: Readonly<Record<ButtonVariant, string>> = {
  primary: 'bg-accent text-on-accent hover:opacity-95',
  secondary: 'border border-edge bg-surface text-ink hover:bg-sunken',
  quiet: 'text-quiet hover:bg-sunken hover:text-ink',
  danger: 'border border-edge bg-surface text-worse hover:bg-sunken',
};

function buttonClass(variant: ButtonVariant, extra?: string): string {
  return classNames(
    'inline-flex min-h-11 items-center justify-center gap-2 rounded-md px-3.5 font-medium whitespace-nowrap sm:min-h-9',
    'transition-opacity disabled:cursor-not-allowed disabled:opacity-55',
    VARIANTS[variant],
    extra,
  );
}

type ButtonProps = ComponentProps<'button'> & { variant?: ButtonVariant; pending?: boolean };

/** A button; while `pending` it cannot be pressed and says that it is busy. */
export function Button({
  variant = 'secondary',
  pending = false,
  className,
  disabled,
  ...props
}: ButtonProps) {
  return (
    <button
      type="button"
      aria-busy={pending || undefined}
      disabled={disabled || pending}
      className={buttonClass(variant, className)}
      {...props}
    />
  );
}

/** A link that looks like a button. */
export function ButtonLink({
  variant = 'secondary',
  className,
  ...props
}: ComponentProps<typeof Link> & { variant?: ButtonVariant }) {
  return <Link className={buttonClass(variant, className)} {...props} />;
}
