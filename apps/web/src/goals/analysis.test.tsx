import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';

const actions = vi.hoisted(() => ({
  createFunnel: vi.fn(),
  removeFunnel: vi.fn(),
  createSegment: vi.fn(),
  removeSegment: vi.fn(),
  copyToSite: vi.fn(),
}));
vi.mock('./funnel-actions.ts', () => actions);
vi.mock('./segment-actions.ts', () => actions);
vi.mock('./copy-actions.ts', () => actions);

const { FunnelForm } = await import('./funnel-form.tsx');
const { FunnelList } = await import('./funnel-list.tsx');
const { SegmentForm } = await import('./segment-form.tsx');
const { SegmentList } = await import('./segment-list.tsx');
const { CopyForm } = await import('./copy-form.tsx');

beforeEach(() => vi.resetAllMocks());

const sent = (action: typeof actions.createFunnel) =>
  Object.fromEntries(action.mock.lastCall?.at(-1) as FormData);

const STEPS = [
  { kind: 'page', text: '/p/*' },
  { kind: 'goal', text: null },
] as const;
const FUNNELS = [{ id: 'funnel_a', name: 'Order', steps: STEPS }];

it('a funnel shows its steps, says of a goal that it is gone, and opens with its numbers', () => {
  const rows = [
    { step: 1, name: '/p/*', visitors: 40, conversion_rate: 100, step_conversion_rate: 100, dropoff: 0 },
    { step: 2, name: 'Order', visitors: 10, conversion_rate: 25, step_conversion_rate: 25, dropoff: 30 },
  ];
  const { rerender } = renderScreen(<FunnelList siteId="site_a" funnels={FUNNELS} open={null} />);
  expect(screen.getByText('a goal that was removed')).toBeTruthy();
  const link = screen.getByRole('link', { name: 'Order' });
  expect(link.getAttribute('href')).toBe('/sites/site_a/goals?funnel=funnel_a');
  rerender(<FunnelList siteId="site_a" funnels={FUNNELS} open={{ id: 'funnel_a', rows }} />);
  expect(screen.getByText('25.0%')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Order' }).getAttribute('href')).toBe('/sites/site_a/goals');
  rerender(<FunnelList siteId="site_a" funnels={FUNNELS} open={{ id: 'funnel_a', rows: null }} />);
  expect(screen.getByText(/Add the funnel anew/)).toBeTruthy();
});

it('a funnel is sent as it was typed, and keeps what is refused', async () => {
  actions.createFunnel.mockResolvedValue({
    error: { code: 'invalid_funnel', values: {}, message: 'x', field: 'steps' },
    values: { name: 'Order', steps: '/a' },
  });
  const { user } = renderScreen(<FunnelForm siteId="site_a" />);
  await user.type(screen.getByLabelText('Name of the funnel'), 'Order');
  await user.type(screen.getByLabelText('Steps, one a line'), '/a');
  await user.click(screen.getByRole('button', { name: 'Add funnel' }));
  expect(sent(actions.createFunnel)).toEqual({ site: 'site_a', name: 'Order', steps: '/a' });
  expect(await screen.findByText(/A funnel has 2 to 8 steps/)).toBeTruthy();
  expect(screen.getByLabelText<HTMLTextAreaElement>('Steps, one a line').value).toBe('/a');
});

it('a segment says its conditions in words, and what the API alone can say as it is', () => {
  const filters = [
    ['is', 'visit:country', ['DE', 'AT']],
    ['or', [['is', 'visit:device', ['Mobile']]]],
  ];
  renderScreen(<SegmentList siteId="site_a" segments={[{ id: 'segment_a', name: 'Near', filters }]} />);
  expect(screen.getByText(/Country is/).textContent).toBe('Country is Germany, Austria');
  expect(screen.getByText('["or",[["is","visit:device",["Mobile"]]]]')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Near' }).getAttribute('href')).toBe(
    '/sites/site_a?segment=segment_a',
  );
});

it('a segment is sent row by row', async () => {
  actions.createSegment.mockResolvedValue({});
  const { user } = renderScreen(<SegmentForm siteId="site_a" />);
  await user.type(screen.getByLabelText('Name of the segment'), 'Near');
  const [what] = screen.getAllByLabelText('What');
  await user.selectOptions(what as HTMLElement, 'Country');
  const [values] = screen.getAllByLabelText('Values');
  await user.type(values as HTMLElement, 'DE, AT');
  await user.click(screen.getByRole('button', { name: 'Add segment' }));
  expect(sent(actions.createSegment)).toMatchObject({
    name: 'Near',
    dimension1: 'visit:country',
    operator1: 'is',
    values1: 'DE, AT',
    values2: '',
  });
});

it('copies to another site what is ticked, and says how much that was', async () => {
  actions.copyToSite.mockResolvedValue({ copied: { goals: 2, funnels: 1, segments: 0 } });
  const sites = [{ id: 'site_b', domain: 'loom.example' }];
  const { user } = renderScreen(<CopyForm siteId="site_a" sites={sites} />);
  await user.click(screen.getByLabelText('Segments'));
  await user.click(screen.getByRole('button', { name: 'Copy' }));
  expect(sent(actions.copyToSite)).toEqual({ site: 'site_a', to: 'site_b', goals: 'on', funnels: 'on' });
  expect((await screen.findByRole('status')).textContent).toBe('Copied: 2 goals, 1 funnel, 0 segments.');
});
