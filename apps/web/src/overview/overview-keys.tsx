'use client';

import { useMemo } from 'react';
import { keyOfPeriod, PERIOD_NAMES } from '#reports/period-name.ts';
import { type Shortcut, Shortcuts } from '#shell/shortcuts.tsx';
import { useWords } from '#words/use-words.ts';
import { turnChart } from './figures.tsx';
import { COMPARE_CHANGE, periodChange } from './period-picker.tsx';
import { useRefine } from './refine.tsx';

/** The keys of the overview. */
export function OverviewKeys() {
  const refine = useRefine();
  const words = useWords('periods');
  const shortcuts = useMemo(() => {
    const periods = PERIOD_NAMES.flatMap((name): Shortcut[] => {
      const key = keyOfPeriod(name);
      if (key === undefined) return [];
      return [{ key, label: words(`names.${name}`), run: () => refine(periodChange(name)) }];
    });
    return [
      ...periods,
      { key: 'c', label: words('compare'), run: () => refine(COMPARE_CHANGE) },
      { key: 'v', label: words('chartOrTable'), run: turnChart },
    ];
  }, [refine, words]);
  return <Shortcuts shortcuts={shortcuts} />;
}
