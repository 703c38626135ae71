import { sample } from '../extensions/sample.ts';
import { part } from '../part.ts';

part(({ sample: percent = 100 }) => sample(Number(percent)));
