'use client';

import type { ButtonVariant } from '#ui/button.tsx';
import { useWords } from '#words/use-words.ts';
import { ConsoleButton } from '../console-button.tsx';
import { changePlan } from './plan-actions.ts';

type Step = 'publish' | 'reopen' | 'connect' | 'archive' | 'offerTrial' | 'endTrials' | 'draft' | 'delete';
type Props = { plan: string; to: Step; named: 'goOn' | Step; variant?: ButtonVariant };

/** A button that takes a plan one step on. */
export function StepButton({ plan, to, named, variant }: Props) {
  const words = useWords('planConsole');
  return (
    <ConsoleButton does={changePlan} given={{ plan, to }} label={words(`steps.${named}`)} variant={variant} />
  );
}
