'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { addressWith } from '#reports/address.ts';
import { PERIOD_NAMES, PERIODS } from '#reports/period-name.ts';
import { type Shortcut, Shortcuts } from '#shell/shortcuts.tsx';
import { VIEW_EVENT } from './figures.tsx';
import { compareChange, periodChange } from './period-picker.tsx';
import { useRefine } from './refine.tsx';

/** The keys of the overview. */
export function OverviewKeys() {
  const search = useSearchParams();
  const refine = useRefine();
  const shortcuts = useMemo(() => {
    const parameters = new URLSearchParams(search);
    const periods = PERIOD_NAMES.flatMap((name): Shortcut[] => {
      const { label, key }: { label: string; key?: string } = PERIODS[name];
      return key === undefined
        ? []
        : [{ key, label, run: () => refine(addressWith(parameters, periodChange(name))) }];
    });
    return [
      ...periods,
      {
        key: 'c',
        label: 'Compare with before',
        run: () => refine(addressWith(parameters, compareChange(parameters))),
      },
      { key: 'v', label: 'Chart or table', run: () => window.dispatchEvent(new Event(VIEW_EVENT)) },
    ];
  }, [search, refine]);
  return <Shortcuts shortcuts={shortcuts} />;
}
