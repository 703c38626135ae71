/** Height of a chart, and of the bar of its largest value. */
const HEIGHT = 120;
/** Share of its place that a bar fills. */
const FILLED = 0.7;

/** A bar a month, the earliest at the left. The table below it says the same, so readers of screens are told that. */
export function MonthBars({ values }: { values: readonly { month: string; value: number }[] }) {
  const top = Math.max(1, ...values.map(({ value }) => value));
  const width = 100 / Math.max(values.length, 1);
  return (
    <svg
      width="100%"
      height={HEIGHT}
      viewBox={`0 0 100 ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className="border-b border-edge"
    >
      {values.map(({ month, value }, index) => {
        const height = (value / top) * HEIGHT;
        return (
          <rect
            key={month}
            x={index * width + (width * (1 - FILLED)) / 2}
            y={HEIGHT - height}
            width={width * FILLED}
            height={height}
            className="fill-accent"
          />
        );
      })}
    </svg>
  );
}
