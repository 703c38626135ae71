import { type RefObject, useEffect, useRef } from 'react';
import type { FormState } from '#access/form-state.ts';

/** Moves the focus to the first field that a form was refused for. Answers the ref of the form. */
export function useErrorFocus(state: FormState): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.error === undefined) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [state]);
  return form;
}
