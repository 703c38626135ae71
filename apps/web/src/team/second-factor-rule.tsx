'use client';

import { useWords } from '#words/use-words.ts';
import { ruleSecondFactor } from './member-actions.ts';
import { RuleForm } from './rule-form.tsx';

/** Whether everybody of the team needs a second factor. */
export function SecondFactorRule({ isRequired }: { isRequired: boolean }) {
  const words = useWords('team');
  return (
    <RuleForm
      action={ruleSecondFactor}
      field="required"
      holds={isRequired}
      label={words('ruleLabel')}
      text={words('ruleText')}
      save={words('save')}
      saved={words('saved')}
    />
  );
}
