import { shop } from '../extensions/shop.ts';
import { part } from '../part.ts';

part((_attributes, service) => {
  Object.assign(
    service,
    shop((...call) => service.q.push(call)),
  );
  return undefined;
});
