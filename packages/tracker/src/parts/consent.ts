import { type ConsentState, consent } from '../extensions/consent.ts';
import { part } from '../part.ts';

part(({ consent: said }, service) => {
  const gate = consent((said || 'pending') as ConsentState);
  service.consent = gate.set;
  return gate;
});
