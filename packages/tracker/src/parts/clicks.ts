import { clicks } from '../extensions/clicks.ts';
import { part } from '../part.ts';

part(clicks);
