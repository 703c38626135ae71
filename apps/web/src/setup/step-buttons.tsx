import type { SetupStep } from '@footfall/core/platform';
import { Button, type ButtonVariant } from '#ui/button.tsx';
import { goToStep } from './setup-actions.ts';

type Props = { siteId: string; step: SetupStep; label: string; variant?: ButtonVariant };

/** A button that goes to a step and keeps that it is next. */
export function StepButton({ siteId, step, label, variant = 'secondary' }: Props) {
  return (
    <form action={goToStep}>
      <input type="hidden" name="site" value={siteId} />
      <input type="hidden" name="step" value={step} />
      <Button type="submit" variant={variant}>
        {label}
      </Button>
    </form>
  );
}
