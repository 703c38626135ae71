import { ChevronDown } from 'lucide-react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';

type FieldProps = { label: string; hint?: ReactNode; error?: string | undefined };

const CONTROL =
  'block w-full min-h-11 rounded-md border bg-surface px-3 text-base text-ink placeholder:text-quiet sm:min-h-9 sm:text-sm';

/** Label, hint and error around one control; the error is read out with it. */
function Frame({ id, label, hint, error, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-medium">
        {label}
      </label>
      {children}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-worse">
          {error}
        </p>
      )}
      {hint !== undefined && error === undefined && (
        <p id={`${id}-hint`} className="text-quiet">
          {hint}
        </p>
      )}
    </div>
  );
}

function describedBy(id: string, { hint, error }: Omit<FieldProps, 'label'>): string | undefined {
  if (error !== undefined) return `${id}-error`;
  return hint === undefined ? undefined : `${id}-hint`;
}

/** A text field with its label above, a hint below and, when something is wrong, one line that says what. */
export function Field({ label, hint, error, className, ...props }: FieldProps & ComponentProps<'input'>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input
        id={id}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={describedBy(id, { hint, error })}
        className={classNames(CONTROL, error === undefined ? 'border-edge' : 'border-worse', className)}
        {...props}
      />
    </Frame>
  );
}

/** A choice of one among many: the platform's own, which phones and screen readers know best. */
export function SelectField({
  label,
  hint,
  error,
  className,
  ...props
}: FieldProps & ComponentProps<'select'>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <div className="relative">
        <select
          id={id}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy(id, { hint, error })}
          className={classNames(
            CONTROL,
            'appearance-none pr-9',
            error === undefined ? 'border-edge' : 'border-worse',
            className,
          )}
          {...props}
        />
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute inset-y-0 right-3 my-auto size-4 text-quiet"
        />
      </div>
    </Frame>
  );
}

/** A field of several lines, such as a list with an entry a line. */
export function TextAreaField({
  label,
  hint,
  error,
  className,
  ...props
}: FieldProps & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea
        id={id}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={describedBy(id, { hint, error })}
        className={classNames(
          CONTROL,
          'resize-y py-2 leading-5',
          error === undefined ? 'border-edge' : 'border-worse',
          className,
        )}
        {...props}
      />
    </Frame>
  );
}
