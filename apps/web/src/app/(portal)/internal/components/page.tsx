import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { memberPage } from '#access/page.ts';
import { Chart } from '#chart/chart.tsx';
import type { ChartData } from '#chart/chart-data.ts';
import { ChartTable } from '#chart/chart-table.tsx';
import { Shortcuts } from '#shell/shortcuts.tsx';
import { Badge } from '#ui/badge.tsx';
import { Button, ButtonLink, type ButtonVariant } from '#ui/button.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { Key } from '#ui/key.tsx';
import { LiveDot } from '#ui/live-dot.tsx';
import { Panel, PanelHead } from '#ui/panel.tsx';
import { TextLink } from '#ui/text-link.tsx';
import { ClientWords } from '#words/client-words.tsx';
import { NoticeSample } from './notice-sample.tsx';

export const metadata: Metadata = { title: 'Components' };

const BUTTONS: readonly ButtonVariant[] = ['primary', 'secondary', 'quiet', 'danger'];

const HOURS = ['00', '01', '02', '03', '04', '05', '06', '07'].map((hour) => `2026-01-07T${hour}:00:00Z`);

const CHART: ChartData = {
  label: 'Visitors',
  unit: 'count',
  granularity: 'hour',
  labels: HOURS,
  values: [3, 7, 5, 11, 9, 4, null, null],
  openFrom: 5,
  previous: { labels: HOURS, values: [2, 4, 6, 8, 7, 9, 5, 3] },
};

/** Charts with something odd about them. */
const CHARTS: readonly { title: string; data: ChartData }[] = [
  { title: 'Chart, its last hour not over', data: CHART },
  {
    title: 'Chart with hours that had nothing to divide by',
    data: {
      ...CHART,
      label: 'Bounce rate',
      unit: 'percent',
      values: [50, 40, null, 100, null, 0, 25, 30],
      openFrom: null,
      previous: null,
    },
  },
  {
    title: 'Chart of nothing',
    data: { ...CHART, values: HOURS.map(() => 0), openFrom: null, previous: null },
  },
  {
    title: 'Chart of one bucket',
    data: { ...CHART, labels: HOURS.slice(0, 1), values: [3], openFrom: 0, previous: null },
  },
];

function Sample({ title, children }: { title: string; children: ReactNode }) {
  const id = title.toLowerCase().replaceAll(/[^a-z]+/g, '-');
  return (
    <Panel aria-labelledby={id}>
      <PanelHead id={id} title={title} />
      <div className="px-4 pt-1 pb-5 sm:px-5">{children}</div>
    </Panel>
  );
}

function Controls() {
  return (
    <>
      <Sample title="Buttons">
        <div className="flex flex-wrap gap-3">
          {BUTTONS.map((variant) => (
            <Button key={variant} variant={variant}>
              {variant}
            </Button>
          ))}
          <Button variant="primary" pending>
            pending
          </Button>
          <Button disabled>disabled</Button>
          <ButtonLink href="/internal/components">link</ButtonLink>
          <CopyButton text="copied" label="Copy" />
        </div>
      </Sample>
      <Sample title="Fields">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Empty" placeholder="placeholder" />
          <Field label="With a hint" hint="What is wanted" defaultValue="typed" />
          <Field label="Refused" error="What was wrong with it." defaultValue="typed" />
          <Field label="Disabled" disabled defaultValue="typed" />
          <SelectField label="Choice" hint="One of these">
            <option>first</option>
            <option>second</option>
          </SelectField>
          <SelectField label="Refused choice" error="Not this one.">
            <option>first</option>
          </SelectField>
        </div>
      </Sample>
      <Sample title="Words">
        <div className="flex flex-wrap items-center gap-3">
          <Badge>neutral</Badge>
          <Badge tone="good">good</Badge>
          <Badge tone="bad">bad</Badge>
          <Badge tone="warning">warning</Badge>
          <Key>d</Key>
          <LiveDot state="live" />
          <LiveDot state="waiting" />
          <LiveDot state="still" />
          <TextLink href="/internal/components">a link in text</TextLink>
        </div>
      </Sample>
    </>
  );
}

/** Every component in every state, for the eye and for the tests that photograph it. */
export default memberPage('/internal/components', () => {
  return (
    <ClientWords of={['chart']}>
      <main className="mx-auto max-w-page space-y-6 px-4 py-10 sm:px-6">
        <h1 className="text-lg font-semibold">Components</h1>
        <Controls />
        <Sample title="Notice">
          <NoticeSample />
        </Sample>
        <Sample title="Nothing yet">
          <EmptyState title="No visits yet" action={<Button variant="primary">Get the snippet</Button>}>
            What will be here, and what to do.
          </EmptyState>
        </Sample>
        {CHARTS.map(({ title, data }) => (
          <Sample key={title} title={title}>
            <Chart data={data} />
          </Sample>
        ))}
        <Sample title="Table of a chart">
          <ChartTable data={CHART} />
        </Sample>
      </main>
      <Shortcuts />
    </ClientWords>
  );
});
