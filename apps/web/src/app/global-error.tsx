'use client';

import './globals.css';
import ErrorPage from './error.tsx';

/** As the error page, where even the frame of all pages failed. */
export default function GlobalError(props: Parameters<typeof ErrorPage>[0]) {
  return (
    <html lang="en">
      <body>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
