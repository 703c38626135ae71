import { npmStartEnds } from './npm-start.contract.ts';

npmStartEnds([
  ['Ctrl-C twice', (npm) => process.kill(-npm, 'SIGINT') && process.kill(-npm, 'SIGINT'), 'ends last'],
  ['a closed terminal', (npm) => process.kill(-npm, 'SIGHUP'), 'is killed'],
  ['kill -9 of npm and all its scripts', (npm) => process.kill(-npm, 'SIGKILL'), 'is killed'],
]);
