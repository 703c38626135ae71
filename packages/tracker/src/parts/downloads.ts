import { downloads } from '../extensions/downloads.ts';
import { list, part } from '../part.ts';

part(({ downloads: types }) => downloads(types ? list(types) : undefined));
