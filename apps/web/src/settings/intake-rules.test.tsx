import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { renderScreen } from '#ui/screen.fixture.tsx';

const updateIntake = vi.hoisted(() => vi.fn());
vi.mock('./intake-actions.ts', () => ({ updateIntake }));

const { IntakeRules } = await import('./intake-rules.tsx');

beforeEach(() => vi.resetAllMocks());

const RULES = {
  allowedOrigins: '',
  blockedIps: '192.0.2.7\n198.51.100.0/24',
  blockedCountries: 'AQ',
  blockedPages: '',
  excludedHostnames: '',
  keptParams: 'page',
};

const values = () => screen.getAllByRole<HTMLTextAreaElement>('textbox').map(({ value }) => value);

it('has a field a list, as high as its entries', () => {
  renderScreen(<IntakeRules siteId="site_a" leftOut={[]} rules={RULES} />);
  expect(values()).toEqual(Object.values(RULES));
  expect(screen.getByLabelText<HTMLTextAreaElement>('Addresses to leave out').getAttribute('rows')).toBe('2');
  expect(screen.getByLabelText<HTMLTextAreaElement>('Pages to leave out').getAttribute('rows')).toBe('1');
});

it('says what each list may hold, in both languages', () => {
  const { unmount } = renderScreen(<IntakeRules siteId="site_a" leftOut={[]} rules={RULES} />);
  expect(
    screen.getByRole('textbox', {
      name: 'Countries to leave out',
      description: 'Codes of two letters, such as AQ.',
    }),
  ).toBeTruthy();
  unmount();
  renderScreen(<IntakeRules siteId="site_a" leftOut={[]} rules={RULES} />, { locale: 'de' });
  expect(
    screen.getByRole('textbox', {
      name: 'Länder ausschließen',
      description: 'Codes aus zwei Buchstaben, etwa AQ.',
    }),
  ).toBeTruthy();
});

it('says at its list what an entry is not, and keeps all that was typed', async () => {
  updateIntake.mockResolvedValue({
    error: {
      code: 'invalid_rule',
      values: { list: 'blockedIps', entry: 'the office' },
      message: 'x',
      field: 'blockedIps',
    },
    values: { ...RULES, blockedIps: 'the office', blockedPages: '/account/**' },
  });
  const { user } = renderScreen(<IntakeRules siteId="site_a" leftOut={[]} rules={RULES} />);
  await user.click(screen.getByRole('button', { name: 'Save rules' }));
  const list = await screen.findByRole('textbox', {
    name: 'Addresses to leave out',
    description: '“the office” is not an IP address or a network such as 192.0.2.0/24.',
  });
  // The focus moves in an effect, after what is seen.
  await expect.poll(() => document.activeElement).toBe(list);
  expect(values()).toEqual(['', 'the office', 'AQ', '/account/**', '', 'page']);
});

it('says that it was saved, and from when on it holds', async () => {
  updateIntake.mockResolvedValue({ saved: true });
  const { user } = renderScreen(<IntakeRules siteId="site_a" leftOut={[]} rules={RULES} />, { locale: 'de' });
  expect(screen.queryByRole('status')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Regeln speichern' }));
  expect((await screen.findByRole('status')).textContent).toBe(
    'Gespeichert. Das gilt ab dem nächsten Ereignis.',
  );
});

it('shows the normal form of what was saved', () => {
  const { rerender } = renderScreen(<IntakeRules siteId="site_a" leftOut={[]} rules={RULES} />);
  rerender(<IntakeRules siteId="site_a" leftOut={[]} rules={{ ...RULES, blockedCountries: 'AQ\nDE' }} />);
  expect(values()[2]).toBe('AQ\nDE');
});

it('names the patterns that are left out, and what patterns may have', () => {
  renderScreen(<IntakeRules siteId="site_a" rules={RULES} leftOut={['/**a**b/x']} />);
  const { textContent } = screen.getByRole('status');
  expect(textContent).toMatch(/^Not applied, so these pages are counted\. A pattern may have 10 wildcards/);
  expect(textContent).toMatch(/ characters together\.\/\*\*a\*\*b\/x$/);
});
