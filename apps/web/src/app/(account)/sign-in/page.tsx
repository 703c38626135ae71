import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { publicPage } from '#access/page.ts';
import { SignInForm } from '#auth/forms.tsx';
import { AuthFrame } from '#auth/frame.tsx';
import { nextPath } from '#auth/next-path.ts';
import { TextLink } from '#ui/text-link.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default publicPage('/sign-in', ({ member, searchParams }) => {
  const next = nextPath(searchParams.next);
  if (member !== null) redirect(next);
  return (
    <AuthFrame
      title="Sign in"
      footer={
        <>
          New here? <TextLink href="/sign-up">Create an account</TextLink>
        </>
      }
    >
      <SignInForm next={next} />
    </AuthFrame>
  );
});
