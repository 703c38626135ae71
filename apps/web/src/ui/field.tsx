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

type ControlSays = Omit<FieldProps, 'label'> & { className?: string | undefined };

function describedBy(id: string, { hint, error }: Omit<FieldProps, 'label'>): string | undefined {
  if (error !== undefined) return `${id}-error`;
  return hint === undefined ? undefined : `${id}-hint`;
}

/** What every control of a field says of itself. `look`: classes of its kind. */
function controlProps(id: string, { hint, error, className }: ControlSays, look?: string) {
  return {
    id,
    'aria-invalid': error !== undefined || undefined,
    'aria-describedby': describedBy(id, { hint, error }),
    className: classNames(CONTROL, look, error === undefined ? 'border-edge' : 'border-worse', className),
  };
}

/** A text field with its label above, a hint below and, when something is wrong, one line that says what. */
export function Field({ label, hint, error, className, ...props }: FieldProps & ComponentProps<'input'>) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <input {...controlProps(id, { hint, error, className })} {...props} />
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
        <select {...controlProps(id, { hint, error, className }, 'appearance-none pr-9')} {...props} />
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
      <textarea {...controlProps(id, { hint, error, className }, 'resize-y py-2 leading-5')} {...props} />
    </Frame>
  );
}
