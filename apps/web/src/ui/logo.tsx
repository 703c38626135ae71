/** The mark and, where there is room, the name. */
export function Logo({ withName = true }: { withName?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2 text-base font-semibold tracking-tight">
      <svg viewBox="0 0 32 32" className="size-6" aria-hidden="true">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <g className="fill-on-accent">
          <rect x="7" y="18" width="4.5" height="7" rx="1.5" />
          <rect x="13.75" y="12" width="4.5" height="13" rx="1.5" />
          <rect x="20.5" y="7" width="4.5" height="18" rx="1.5" />
        </g>
      </svg>
      {withName ? 'Footfall' : <span className="sr-only">Footfall</span>}
    </span>
  );
}
