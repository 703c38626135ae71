import { optOut, privacy, type Signal } from '../extensions/privacy.ts';
import { list, part } from '../part.ts';

part(({ respect }, service) => {
  service.optOut = optOut;
  return privacy(respect === undefined ? undefined : (list(respect) as Signal[]));
});
