import type { Ports } from './ports.ts';

export async function sweep(_ports: Ports): Promise<void> {}
