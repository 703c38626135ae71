'use client';

import { useWords } from '#words/use-words.ts';
import { RuleForm } from './rule-form.tsx';
import { ruleSupport } from './support-actions.ts';

/** Whether the platform's staff may look at what the tenant sees: an owner's to say. */
export function SupportRule({ isAllowed }: { isAllowed: boolean }) {
  const words = useWords('support');
  return (
    <RuleForm
      action={ruleSupport}
      field="allowed"
      holds={isAllowed}
      label={words('ruleLabel')}
      save={words('save')}
      saved={words('saved')}
    />
  );
}
