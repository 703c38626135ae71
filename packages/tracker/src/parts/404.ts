import { notFound } from '../extensions/404.ts';
import { part } from '../part.ts';

part((attributes) => notFound('notFound' in attributes));
