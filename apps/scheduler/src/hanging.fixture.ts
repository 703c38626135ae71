// A scheduler in a process of its own, whose only chore begins and never ends: for whoever kills it.
import { setTimeout as sleep } from 'node:timers/promises';
import { chore, schedulerAt } from './schedulers.fixture.ts';

const [url = '', name = ''] = process.argv.slice(2);
const scheduler = schedulerAt(url, [
  chore(name, async ({ pool }) => {
    await pool.query(`INSERT INTO run (chore, who) VALUES ($1, 'killed')`, [name]);
    process.send?.('begun');
    await new Promise(() => undefined);
  }),
]);

while (
  !(await scheduler.working().then(
    () => true,
    () => false,
  ))
)
  await sleep(50);
process.send?.('working');
