'use client';

import { CalendarDays, Check, ChevronDown } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { type FormEvent, Fragment, useState } from 'react';
import type { Refinement } from '#reports/address.ts';
import type { Period } from '#reports/period.ts';
import { keyOfPeriod, PERIOD_NAMES, PERIODS, type PeriodName } from '#reports/period-name.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { Key } from '#ui/key.tsx';
import { Menu, MenuItem, MenuSeparator } from '#ui/menu.tsx';
import { useWords } from '#words/use-words.ts';
import { usePeriodText } from './period-text.ts';
import { useRefine } from './refine.tsx';

/** A named period is chosen. */
export const periodChange = (name: PeriodName): Refinement => ({
  set: { period: name, from: null, to: null },
});

/** The comparison is turned on or off; it is on unless the address says otherwise. */
export const COMPARE_CHANGE: Refinement = { toggle: { name: 'compare', value: 'off' } };

const Chosen = ({ when }: { when: boolean }) =>
  when ? <Check aria-hidden className="size-4 text-accent" /> : <span className="size-4" />;

type RangeProps = { parameters: URLSearchParams; today: string; onClose: () => void };

function RangeForm({ parameters, today, onClose }: RangeProps) {
  const refine = useRefine();
  const words = useWords('periods');
  const apply = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    refine({ set: { period: null, from: String(form.get('from')), to: String(form.get('to')) } });
    onClose();
  };
  return (
    <form onSubmit={apply} className="grid grid-cols-2 gap-4">
      <Field
        label={words('from')}
        name="from"
        type="date"
        required
        max={today}
        defaultValue={parameters.get('from') ?? today}
      />
      <Field
        label={words('to')}
        name="to"
        type="date"
        required
        max={today}
        defaultValue={parameters.get('to') ?? today}
      />
      <Button type="submit" variant="primary" className="col-span-2">
        {words('show')}
      </Button>
    </form>
  );
}

/** Chooses the period of the page and whether it is compared. `today` is the site's. */
export function PeriodPicker({ period, today }: { period: Period; today: string }) {
  const parameters = new URLSearchParams(useSearchParams());
  const refine = useRefine();
  const [asking, setAsking] = useState(false);
  const words = useWords('periods');
  const label = usePeriodText().name(period);
  const compared = parameters.get('compare') !== 'off';
  const trigger = (
    <Button aria-label={words('period', { name: label })}>
      <CalendarDays aria-hidden className="size-4 text-quiet" />
      {label}
      <ChevronDown aria-hidden className="size-3.5 text-quiet" />
    </Button>
  );
  return (
    <>
      <Menu trigger={trigger} align="end">
        {PERIOD_NAMES.map((name, index) => {
          const key = keyOfPeriod(name);
          const before = PERIOD_NAMES[index - 1];
          return (
            <Fragment key={name}>
              {before !== undefined && PERIODS[before].group !== PERIODS[name].group && <MenuSeparator />}
              <MenuItem onSelect={() => refine(periodChange(name))}>
                <Chosen when={period.name === name} />
                <span className="flex-1">{words(`names.${name}`)}</span>
                {key !== undefined && <Key>{key}</Key>}
              </MenuItem>
            </Fragment>
          );
        })}
        <MenuItem onSelect={() => setAsking(true)}>
          <Chosen when={period.name === 'custom'} />
          {words('choose')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => refine(COMPARE_CHANGE)}>
          <Chosen when={compared} />
          <span className="flex-1">{words('compare')}</span>
          <Key>c</Key>
        </MenuItem>
      </Menu>
      <Dialog title={words('chooseTitle')} open={asking} onClose={() => setAsking(false)}>
        <RangeForm parameters={parameters} today={today} onClose={() => setAsking(false)} />
      </Dialog>
    </>
  );
}
