import { beforeSend, type Hook } from '../extensions/before-send.ts';
import { part } from '../part.ts';

part(({ beforeSend: name }) =>
  // Looked up at each event: it may be defined after this script. Where there is none the event is dropped.
  name ? beforeSend((event) => (window as unknown as Record<string, Hook>)[name]?.(event)) : undefined,
);
