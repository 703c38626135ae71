import type { ComponentProps } from 'react';
import { Field } from './field.tsx';

/** A field in which something is typed exactly as it is called: nothing fills it in, corrects it or begins it with a capital. */
export function TypedField(props: ComponentProps<typeof Field>) {
  return (
    <Field
      required
      autoComplete="off"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      {...props}
    />
  );
}
