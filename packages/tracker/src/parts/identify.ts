import { identify } from '../extensions/identify.ts';
import { part } from '../part.ts';

part(({ user }, service) => {
  const who = identify(user);
  service.identify = who.set;
  return who;
});
