'use client';

import { useState } from 'react';
import { Button } from '#ui/button.tsx';
import { ErrorNotice } from '#ui/notice.tsx';

/** Shown on demand, since a notice takes the focus. */
export function NoticeSample() {
  const [shown, setShown] = useState(false);
  return shown ? (
    <ErrorNotice message="What happened, in one line." />
  ) : (
    <Button onClick={() => setShown(true)}>Show</Button>
  );
}
