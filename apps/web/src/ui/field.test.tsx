import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Field, SelectField, TextAreaField } from './field.tsx';
import { renderScreen } from './screen.fixture.tsx';

it('a hint describes the control that it stands under', () => {
  renderScreen(<Field label="Domain" hint="Without https" />);
  const field = screen.getByLabelText('Domain');
  expect(field).toBe(screen.getByRole('textbox', { description: 'Without https' }));
  expect(field.getAttribute('aria-invalid')).toBeNull();
});

it('an error takes the place of the hint, and marks the control', () => {
  renderScreen(<Field label="Domain" hint="Without https" error="This is not a domain." />);
  const field = screen.getByRole('textbox', { name: 'Domain', description: 'This is not a domain.' });
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(screen.queryByText('Without https')).toBeNull();
});

it('two fields of the same label have descriptions of their own', () => {
  renderScreen(
    <>
      <Field label="Name" error="Too short." />
      <Field label="Name" error="Too long." />
    </>,
  );
  expect(screen.getByRole('textbox', { description: 'Too short.' })).not.toBe(
    screen.getByRole('textbox', { description: 'Too long.' }),
  );
});

it('a choice and a list of lines say what is wrong as a line of text does', () => {
  renderScreen(
    <>
      <SelectField label="Currency" error="Not this one.">
        <option>EUR</option>
      </SelectField>
      <TextAreaField label="Hosts" error="Not a host." />
    </>,
  );
  expect(screen.getByRole('combobox', { name: 'Currency', description: 'Not this one.' })).toBeTruthy();
  expect(screen.getByRole('textbox', { name: 'Hosts', description: 'Not a host.' })).toBeTruthy();
});

it('what a form needs of a control is passed on to it', async () => {
  const { user } = renderScreen(<Field label="Name" name="name" maxLength={3} defaultValue="a" />);
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Name' });
  await user.type(field, 'bcdef');
  expect([field.name, field.value]).toEqual(['name', 'abc']);
});
