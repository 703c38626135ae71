import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '#auth/forms.tsx';
import { AuthFrame } from '#auth/frame.tsx';
import { nextPath } from '#auth/next-path.ts';
import { currentMember } from '#auth/session.ts';
import { TextLink } from '#ui/text-link.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const next = nextPath((await searchParams).next);
  if ((await currentMember()) !== null) redirect(next);
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
}
