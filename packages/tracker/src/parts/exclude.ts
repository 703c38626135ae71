import { exclude } from '../extensions/exclude.ts';
import { list, part } from '../part.ts';

part(({ exclude: patterns = '' }) => exclude(list(patterns)));
