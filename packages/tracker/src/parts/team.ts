import { team } from '../extensions/team.ts';
import { part } from '../part.ts';

part(() => team());
