import { debug } from '../extensions/debug.ts';
import { part } from '../part.ts';

part((attributes) => debug('debug' in attributes));
