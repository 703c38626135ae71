import { WEEK_STARTS } from '@footfall/core/zone';
import { SelectField } from '#ui/field.tsx';
import { useWords } from '#words/use-words.ts';

export type Currency = { code: string; name: string };

type FieldState = { value: string; error: string | undefined };

/** Which zone's days and hours the reports of a site are of. */
export function ZoneField({ timezones, value, error }: { timezones: readonly string[] } & FieldState) {
  const words = useWords('sites');
  return (
    <SelectField
      // A form that was refused is reset to its defaults, so these have to be what was chosen.
      key={`zone ${value}`}
      label={words('timezone')}
      name="timezone"
      defaultValue={value}
      hint={words('timezoneHint')}
      error={error}
    >
      {/* Browsers differ in names: Asia/Calcutta here is Asia/Kolkata there. */}
      {[...new Set([...timezones, value])].map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </SelectField>
  );
}

const currencyOption = ({ code, name }: Currency) => (
  <option key={code} value={code}>
    {code} · {name}
  </option>
);

type CurrencyProps = {
  currencies: { common: readonly Currency[]; others: readonly Currency[] };
} & FieldState;

/** The currency that revenue of a site is reported in. */
export function CurrencyField({ currencies, value, error }: CurrencyProps) {
  const words = useWords('sites');
  return (
    <SelectField
      key={`currency ${value}`}
      label={words('currency')}
      name="currency"
      defaultValue={value}
      hint={words('currencyHint')}
      error={error}
    >
      <optgroup label={words('commonCurrencies')}>{currencies.common.map(currencyOption)}</optgroup>
      <optgroup label={words('allCurrencies')}>{currencies.others.map(currencyOption)}</optgroup>
    </SelectField>
  );
}

/** The day on which weeks begin in the charts of a site. */
export function WeekStartField({ value, error }: FieldState) {
  const words = useWords('sites');
  return (
    <SelectField
      key={`week ${value}`}
      label={words('weekStart')}
      name="weekStart"
      defaultValue={value}
      hint={words('weekStartHint')}
      error={error}
    >
      {WEEK_STARTS.map((day) => (
        <option key={day} value={day}>
          {words(`weekStarts.${day}`)}
        </option>
      ))}
    </SelectField>
  );
}
