import { arriveFromProvider } from '#access/provider-arrival.ts';
import { openRoute } from '#api/open-route.ts';

export const GET = openRoute('/sign-in/callback/[provider]', arriveFromProvider);
