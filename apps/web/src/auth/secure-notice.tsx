'use client';

import { useEffect, useState } from 'react';
import { ErrorNotice } from '#ui/notice.tsx';
import { useWords } from '#words/use-words.ts';

/** Says that nobody can sign in at this address: the portal's is https, and browsers send its cookies there alone. */
export function SecureNotice({ webUrl }: { webUrl: string }) {
  const words = useWords('auth');
  const [isPlain, setPlain] = useState(false);
  useEffect(() => setPlain(webUrl.startsWith('https:') && location.protocol === 'http:'), [webUrl]);
  return isPlain ? <ErrorNotice message={words('needsHttps', { webUrl })} /> : null;
}
