import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignUpForm } from '#auth/forms.tsx';
import { AuthFrame } from '#auth/frame.tsx';
import { currentMember } from '#auth/session.ts';
import { TextLink } from '#ui/text-link.tsx';

export const metadata: Metadata = { title: 'Create an account' };

export default async function SignUpPage() {
  if ((await currentMember()) !== null) redirect('/');
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
}
