export { handleAuth as GET, handleAuth as POST } from '#auth/next-auth.ts';
