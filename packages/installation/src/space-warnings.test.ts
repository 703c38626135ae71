import { expect, test } from 'vitest';
import type { DiskReport } from './space-warnings.ts';
import { spaceWarnings } from './space-warnings.ts';

const GB = 1_000_000_000;
const disk = (free: number, daysLeft: number | null, name: DiskReport['name'] = 'data'): DiskReport => ({
  device: name === 'temp' ? 2 : 1,
  name,
  folder: `/${name}`,
  free: free * GB,
  size: 100 * GB,
  daysLeft,
});

test('a disk with room and time is not warned of', () => {
  expect(spaceWarnings({ disks: [disk(50, null), disk(50, 15)] })).toEqual([]);
});

test('a disk that will be full within two weeks is, with the days that are left', () => {
  expect(spaceWarnings({ disks: [disk(50, 14)] })).toEqual([
    'the disk of data (/data) has 50.0 GB of 100.0 GB free, full in 14 days',
  ]);
});

test('a disk of which a tenth is left is warned of, however slowly it fills up', () => {
  expect(spaceWarnings({ disks: [disk(9, null)] })).toEqual([
    'the disk of data (/data) has 9.0 GB of 100.0 GB free',
  ]);
});

test('names of one disk share a line', () => {
  expect(spaceWarnings({ disks: [disk(5, 3), disk(5, 3, 'spool'), disk(6, null, 'temp')] })).toEqual([
    'the disk of data (/data), spool (/spool) has 5.0 GB of 100.0 GB free, full in 3 days',
    'the disk of temp (/temp) has 6.0 GB of 100.0 GB free',
  ]);
});
