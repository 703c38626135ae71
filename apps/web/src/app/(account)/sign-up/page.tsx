import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { publicPage } from '#access/page.ts';
import { SignUpForm } from '#auth/forms.tsx';
import { AuthFrame } from '#auth/frame.tsx';
import { TextLink } from '#ui/text-link.tsx';

export const metadata: Metadata = { title: 'Create an account' };

export default publicPage('/sign-up', ({ member }) => {
  if (member !== null) redirect('/');
  return (
    <AuthFrame
      title="Create your account"
      footer={
        <>
          Have an account? <TextLink href="/sign-in">Sign in</TextLink>
        </>
      }
    >
      <SignUpForm />
    </AuthFrame>
  );
});
