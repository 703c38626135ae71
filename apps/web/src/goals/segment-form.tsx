'use client';

import type { FormState } from '#access/form-state.ts';
import { Button } from '#ui/button.tsx';
import { Field, SelectField } from '#ui/field.tsx';
import { Form, useForm } from '#ui/form.tsx';
import { useWords } from '#words/use-words.ts';
import { CONDITION_ROWS, SEGMENT_DIMENSIONS, SEGMENT_OPERATORS } from './conditions.ts';
import { createSegment } from './segment-actions.ts';

type RowProps = { row: number; values: FormState['values']; error?: string | undefined };

function ConditionRow({ row, values, error }: RowProps) {
  const words = useWords('segments');
  const dimensions = useWords('dimensions');
  // A select keeps what it was given first: it is made anew with what had been chosen.
  const chosen = `${values?.[`dimension${row}`]} ${values?.[`operator${row}`]}`;
  return (
    <fieldset className="grid gap-3 sm:grid-cols-3" key={chosen}>
      <legend className="sr-only">{words('condition', { row })}</legend>
      <SelectField
        label={words('about')}
        name={`dimension${row}`}
        defaultValue={values?.[`dimension${row}`] ?? SEGMENT_DIMENSIONS[0]}
      >
        {SEGMENT_DIMENSIONS.map((dimension) => (
          <option key={dimension} value={dimension}>
            {dimensions(dimension)}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={words('how')}
        name={`operator${row}`}
        defaultValue={values?.[`operator${row}`] ?? 'is'}
      >
        {SEGMENT_OPERATORS.map((operator) => (
          <option key={operator} value={operator}>
            {words(operator)}
          </option>
        ))}
      </SelectField>
      <Field
        label={words('values')}
        name={`values${row}`}
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={values?.[`values${row}`]}
        error={error}
      />
    </fieldset>
  );
}

/** Keeps a segment: its name, and up to three conditions that must all hold. */
export function SegmentForm({ siteId }: { siteId: string }) {
  const form = useForm(createSegment, ['name', 'filters']);
  const words = useWords('segments');
  return (
    <Form of={form}>
      <input type="hidden" name="site" value={siteId} />
      <Field
        label={words('name')}
        {...form.field('name')}
        required
        maxLength={120}
        placeholder={words('sampleName')}
      />
      {CONDITION_ROWS.map((row) => (
        <ConditionRow
          key={row}
          row={row}
          values={form.state.values}
          error={row === 1 ? form.errorAt('filters') : undefined}
        />
      ))}
      <p className="text-quiet">{words('valuesHint')}</p>
      <Button type="submit" pending={form.pending}>
        {words('add')}
      </Button>
    </Form>
  );
}
