'use client';

import { useMemo } from 'react';
import { PERIOD_NAMES, PERIODS } from '#reports/period-name.ts';
import { type Shortcut, Shortcuts } from '#shell/shortcuts.tsx';
import { turnChart } from './figures.tsx';
import { COMPARE_CHANGE, periodChange } from './period-picker.tsx';
import { useRefine } from './refine.tsx';

/** The keys of the overview. */
export function OverviewKeys() {
  const refine = useRefine();
  const shortcuts = useMemo(() => {
    const periods = PERIOD_NAMES.flatMap((name): Shortcut[] => {
      const { label, key }: { label: string; key?: string } = PERIODS[name];
      return key === undefined ? [] : [{ key, label, run: () => refine(periodChange(name)) }];
    });
    return [
      ...periods,
      { key: 'c', label: 'Compare with before', run: () => refine(COMPARE_CHANGE) },
      { key: 'v', label: 'Chart or table', run: turnChart },
    ];
  }, [refine]);
  return <Shortcuts shortcuts={shortcuts} />;
}
