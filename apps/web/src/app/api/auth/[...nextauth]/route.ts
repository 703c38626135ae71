import { openRoute } from '#api/open-route.ts';
import { handleAuth } from '#auth/next-auth.ts';

const handle = openRoute('/api/auth/[...nextauth]', handleAuth);

export { handle as GET, handle as POST };
