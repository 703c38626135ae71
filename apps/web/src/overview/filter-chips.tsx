import { X } from 'lucide-react';
import { parseFilters, type Refinement } from '#reports/address.ts';
import { BREAKDOWNS } from '#reports/breakdown.ts';
import { SEGMENT_PARAMETER } from '#reports/segment-parameter.ts';
import { useWords } from '#words/use-words.ts';
import { useValueText } from '#words/value-text.ts';
import { RefineLink } from './refine.tsx';

type ChipProps = { to: Refinement; term: string; value: string };

/** One condition: a press takes it away. */
function Chip({ to, term, value }: ChipProps) {
  const words = useWords('overview');
  return (
    <li>
      <RefineLink
        to={to}
        title={words('removeFilter')}
        className="inline-flex min-h-11 max-w-full items-center gap-1.5 rounded-md border border-line bg-surface px-3 hover:bg-sunken sm:min-h-8 sm:px-2.5"
      >
        <span className="text-quiet">{term}</span>
        <span className="max-w-64 truncate font-medium">{value}</span>
        <X aria-label={words('remove')} className="size-3.5 text-quiet" />
      </RefineLink>
    </li>
  );
}

type ChipsProps = {
  parameters: URLSearchParams;
  /** Name of the segment that the numbers are of. */
  segment?: string | null;
};

/** The conditions that the numbers are under, each with a way out. */
export function FilterChips({ parameters, segment = null }: ChipsProps) {
  const words = useWords('overview');
  const dimensions = useWords('dimensions');
  const valueText = useValueText();
  const filters = parseFilters(parameters);
  if (filters.length === 0 && segment === null) return null;
  return (
    <ul aria-label={words('filters')} className="flex flex-wrap gap-2">
      {segment !== null && (
        <Chip to={{ set: { [SEGMENT_PARAMETER]: null } }} term={words('segment')} value={segment} />
      )}
      {filters.map((filter) => {
        const { dimension } = BREAKDOWNS[filter.name];
        return (
          <Chip
            key={`${filter.name}=${filter.value}`}
            to={{ toggle: filter }}
            term={dimensions(dimension)}
            value={valueText(dimension, filter.value)}
          />
        );
      })}
    </ul>
  );
}
