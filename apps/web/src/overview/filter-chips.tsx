import { X } from 'lucide-react';
import { parseFilters } from '#reports/address.ts';
import { BREAKDOWNS } from '#reports/breakdown.ts';
import { useWords } from '#words/use-words.ts';
import { useValueText } from '#words/value-text.ts';
import { RefineLink } from './refine.tsx';

/** The conditions that the numbers are under, each with a way out. */
export function FilterChips({ parameters }: { parameters: URLSearchParams }) {
  const words = useWords('overview');
  const dimensions = useWords('dimensions');
  const valueText = useValueText();
  const filters = parseFilters(parameters);
  if (filters.length === 0) return null;
  return (
    <ul aria-label={words('filters')} className="flex flex-wrap gap-2">
      {filters.map((filter) => {
        const { dimension } = BREAKDOWNS[filter.name];
        return (
          <li key={`${filter.name}=${filter.value}`}>
            <RefineLink
              to={{ toggle: filter }}
              title={words('removeFilter')}
              className="inline-flex min-h-11 max-w-full items-center gap-1.5 rounded-md border border-line bg-surface px-3 hover:bg-sunken sm:min-h-8 sm:px-2.5"
            >
              <span className="text-quiet">{dimensions(dimension)}</span>
              <span className="max-w-64 truncate font-medium">{valueText(dimension, filter.value)}</span>
              <X aria-label={words('remove')} className="size-3.5 text-quiet" />
            </RefineLink>
          </li>
        );
      })}
    </ul>
  );
}
