import { errors } from '../extensions/errors.ts';
import { part } from '../part.ts';

part(errors);
