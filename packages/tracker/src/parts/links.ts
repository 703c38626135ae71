import { links } from '../extensions/links.ts';
import { part } from '../part.ts';

part(links);
