import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import type { FormState } from '#access/form-state.ts';
import { Field } from './field.tsx';
import { Form, useForm } from './form.tsx';
import { renderScreen } from './screen.fixture.tsx';

const send = vi.fn<(state: FormState, form: FormData) => Promise<FormState>>();
beforeEach(() => void send.mockReset());

function Sample() {
  const form = useForm(send, ['name', 'email']);
  return (
    <Form of={form}>
      <Field label="Name" {...form.field('name', 'Kiln')} />
      <Field label="Email" {...form.field('email')} />
      {['a', 'b'].map((one) => (
        <input
          key={`${one} ${form.state.ticked?.boxes}`}
          type="checkbox"
          aria-label={one}
          name="boxes"
          value={one}
          defaultChecked={form.isTicked('boxes', one, true)}
        />
      ))}
      <button type="submit">Send</button>
    </Form>
  );
}

const NAME = { code: 'invalid_name', values: { most: 100 }, message: 'x', field: 'name' };
const EMAIL = { code: 'invalid_email', values: { email: 'a@' }, message: 'x', field: 'email' };
const WAIT = { code: 'unheard_of', values: {}, message: 'Come back later.' };

async function refused(state: FormState) {
  send.mockResolvedValueOnce(state);
  const { user } = renderScreen(<Sample />);
  await user.click(screen.getByRole('button', { name: 'Send' }));
  await screen.findByRole('button', { name: 'Send' });
  return {
    wrong: screen
      .getAllByRole('textbox')
      .filter((field) => field.getAttribute('aria-invalid') === 'true')
      .map((field) => [
        field.getAttribute('name'),
        document.getElementById(field.getAttribute('aria-describedby') ?? '')?.textContent !== '',
      ]),
    focus: document.activeElement?.getAttribute('name'),
    alert: screen.queryByRole('alert')?.textContent,
  };
}

it('all fields that are wrong say so at once, the first has the focus, and their number is said aloud', async () => {
  // In another order than they stand in the form.
  const { wrong, focus, alert } = await refused({ error: EMAIL, more: [NAME] });
  expect(wrong).toEqual([
    ['name', true],
    ['email', true],
  ]);
  expect(focus).toBe('name');
  expect(alert).toBe('2 fields need another look.');
});

it('one field that is wrong says it itself', async () => {
  const { wrong, focus, alert } = await refused({ error: EMAIL });
  expect([wrong, focus, alert]).toEqual([[['email', true]], 'email', undefined]);
});

it('what is wrong with no field stands at the head, beside what is', async () => {
  const { wrong, alert } = await refused({ error: WAIT, more: [EMAIL] });
  expect([wrong, alert]).toEqual([[['email', true]], 'Come back later.']);
});

it('keeps what was typed and ticked', async () => {
  await refused({ error: EMAIL, values: { name: 'Glaze', email: 'a@' }, ticked: { boxes: ['b'] } });
  const texts = screen.getAllByRole<HTMLInputElement>('textbox').map(({ value }) => value);
  const boxes = screen.getAllByRole<HTMLInputElement>('checkbox').map(({ checked }) => checked);
  expect([texts, boxes]).toEqual([
    ['Glaze', 'a@'],
    [false, true],
  ]);
});

it('nothing ticked stays nothing ticked', async () => {
  await refused({ error: EMAIL, values: {}, ticked: {} });
  expect(screen.getAllByRole<HTMLInputElement>('checkbox').some(({ checked }) => checked)).toBe(false);
});

it('a proof that is missing is not said as an error', async () => {
  const { alert } = await refused({ error: { code: 'proof_needed', values: {}, message: 'x' } });
  expect(alert).toBeUndefined();
});
