import { progressTo } from '../../progress.ts';

/** How far an import is: bytes of its files that were read, of how many, and events (or `what` it takes) that were taken. */
export type HowFar = { read: number; size: number; accepted: number; what?: string };

type Terminal = Pick<NodeJS.WriteStream, 'write'> & { isTTY?: boolean };

const WIDTH = 30;
/** Between two drawings, milliseconds. */
const PACE_MS = 100;

const count = (value: number) => value.toLocaleString('en');

function clockText(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), Math.round(seconds % 60)];
  return `${minutes}:${String(rest).padStart(2, '0')}`;
}

/** The bar as one line; `seconds` since the beginning. */
export function barText({ read, size, accepted, what = 'events' }: HowFar, seconds: number): string {
  const part = size === 0 ? 1 : Math.min(1, read / size);
  const filled = Math.round(part * WIDTH);
  const left =
    part > 0.01 && part < 1 && seconds >= 1 ? `, ${clockText((seconds * (1 - part)) / part)} left` : '';
  const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}`;
  return `${bar} ${String(Math.floor(part * 100)).padStart(3)} %  ${count(accepted)} ${what}${left}`;
}

/**
 * Shows how far an import is on a stream: a bar that is drawn over on a terminal, a line a second elsewhere. `say` puts a line above it,
 * `end` leaves the terminal as it was. `clock` is for tests.
 */
export function progressBar(
  stream: Terminal,
  clock: () => number = () => performance.now(),
): { show(howFar: HowFar): void; say(line: string): void; end(): void } {
  const began = clock();
  if (stream.isTTY !== true) {
    const tell = progressTo(stream, clock);
    return {
      show: (howFar) => tell(barText(howFar, (clock() - began) / 1000)),
      say: tell,
      end: () => undefined,
    };
  }
  let drawn = Number.NEGATIVE_INFINITY;
  let last = '';
  const erase = () => stream.write('\r\u001b[2K');
  return {
    show: (howFar) => {
      last = barText(howFar, (clock() - began) / 1000);
      if (clock() < drawn + PACE_MS) return;
      drawn = clock();
      erase();
      stream.write(last);
    },
    say: (line) => {
      erase();
      stream.write(`${line}\n${last}`);
    },
    end: () => {
      erase();
    },
  };
}
