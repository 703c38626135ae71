import { npmStartEnds } from './npm-start.contract.ts';

npmStartEnds([
  ['Ctrl-C twice', (npm) => process.kill(-npm, 'SIGINT') && process.kill(-npm, 'SIGINT')],
  ['SIGTERM', (npm) => process.kill(npm, 'SIGTERM')],
  ['a closed terminal', (npm) => process.kill(-npm, 'SIGHUP')],
  ['kill -9 of npm and all its scripts', (npm) => process.kill(-npm, 'SIGKILL')],
]);
