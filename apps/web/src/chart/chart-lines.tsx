import { classNames } from '#ui/class-names.ts';
import { type ChartData, FRAME, HEIGHT } from './chart-data.ts';
import { areaPath, horizontalPlace, linePath, type Point, splitRuns, verticalPlace } from './plot.ts';
import type { Scale } from './scale.ts';
import type { Tick } from './ticks.ts';

/** Share of the width beside which a label would stick out: it is aligned with the edge there. */
const EDGE = 6;

const textAnchor = (place: number) => (place < EDGE ? 'start' : place > 100 - EDGE ? 'end' : 'middle');

function Line({ run, className }: { run: readonly Point[]; className: string }) {
  return (
    <path
      d={linePath(run)}
      vectorEffect="non-scaling-stroke"
      strokeLinejoin="round"
      strokeLinecap="round"
      className={classNames('fill-none', className)}
    />
  );
}

/** The lines across; the one at the bottom is zero. */
function ValueAxis({ scale }: { scale: Scale }) {
  return [0, ...scale.lines].map((value) => {
    const y = Math.round(verticalPlace(value, scale.top, FRAME)) + 0.5;
    return (
      <line
        key={value}
        x1="0"
        x2="100%"
        y1={y}
        y2={y}
        className={value === 0 ? 'stroke-edge' : 'stroke-line'}
      />
    );
  });
}

/** Each line's value above it, at the left. */
function ValueLabels({ scale, lineText }: { scale: Scale; lineText: (value: number) => string }) {
  return scale.lines.map((value) => (
    <text
      key={value}
      x="0"
      y={verticalPlace(value, scale.top, FRAME) - 5}
      className="fill-quiet stroke-surface stroke-3 text-xs tabular-nums"
      paintOrder="stroke"
      strokeLinejoin="round"
    >
      {lineText(value)}
    </text>
  ));
}

function TimeAxis({ ticks, count }: { ticks: readonly Tick[]; count: number }) {
  return ticks.map(({ index, text, narrow }) => {
    const place = horizontalPlace(index, count);
    return (
      <text
        key={index}
        x={`${place}%`}
        y={HEIGHT - 8}
        textAnchor={textAnchor(place)}
        className={classNames('fill-quiet text-xs tabular-nums', !narrow && 'max-sm:hidden')}
      >
        {text}
      </text>
    );
  });
}

/** The current line: what is over is drawn through, the way to the open bucket is dashed. */
function CurrentLine({ data, topValue }: { data: ChartData; topValue: number }) {
  const { values, openFrom } = data;
  const over = values.map((value, index) => (openFrom !== null && index >= openFrom ? null : value));
  const open = values.map((value, index) =>
    openFrom !== null && index >= openFrom - 1 && index <= openFrom ? value : null,
  );
  return (
    <>
      {splitRuns(values, topValue, FRAME).map((run) => (
        <path key={run[0]?.x} d={areaPath(run, FRAME.zero)} className="fill-accent opacity-10" />
      ))}
      {splitRuns(over, topValue, FRAME).map((run) => (
        <Line key={run[0]?.x} run={run} className="stroke-accent stroke-2" />
      ))}
      {openFrom !== null &&
        splitRuns(open, topValue, FRAME).map((run) => (
          <Line key={run[0]?.x} run={run} className="stroke-accent stroke-2 [stroke-dasharray:4_5]" />
        ))}
    </>
  );
}

/** Values with none beside them, which no line would show, and the open bucket. */
function Dots({ data, topValue }: { data: ChartData; topValue: number }) {
  const { values, openFrom } = data;
  return values.map((value, index) => {
    const alone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
    if (value === null || !(alone || index === openFrom)) return null;
    return (
      <circle
        key={index}
        cx={`${horizontalPlace(index, values.length)}%`}
        cy={verticalPlace(value, topValue, FRAME)}
        r="3.5"
        className={classNames('stroke-accent stroke-2', index === openFrom ? 'fill-surface' : 'fill-accent')}
      />
    );
  });
}

type ChartLinesProps = {
  data: ChartData;
  scale: Scale;
  ticks: readonly Tick[];
  lineText: (value: number) => string;
};

/** All that a chart draws, crosshair aside. Lines live in a box of 100 units across that is stretched; text does not stretch. */
export function ChartLines({ data, scale, ticks, lineText }: ChartLinesProps) {
  return (
    <>
      <ValueAxis scale={scale} />
      <svg
        width="100%"
        height={HEIGHT}
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        overflow="visible"
        aria-hidden="true"
      >
        {data.previous !== null &&
          splitRuns(data.previous.values, scale.top, FRAME).map((run) => (
            <Line key={run[0]?.x} run={run} className="stroke-compare stroke-[1.25]" />
          ))}
        <CurrentLine data={data} topValue={scale.top} />
      </svg>
      <Dots data={data} topValue={scale.top} />
      <ValueLabels scale={scale} lineText={lineText} />
      <TimeAxis ticks={ticks} count={data.labels.length} />
    </>
  );
}
