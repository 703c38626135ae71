'use client';

import { useActionState } from 'react';
import { Button } from '#ui/button.tsx';
import { endVisit } from './visit-actions.ts';

/** Ends the visit that the banner tells of. */
export function EndVisit({ label }: { label: string }) {
  const [, action, pending] = useActionState(endVisit, {});
  return (
    <form action={action}>
      <Button type="submit" pending={pending}>
        {label}
      </Button>
    </form>
  );
}
