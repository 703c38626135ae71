import { ForbiddenNotice } from '#access/forbidden-notice.tsx';

/** Where there is no bar: the answer to a form that the role of whoever is signed in does not include. */
export default function Forbidden() {
  return <ForbiddenNotice memberRole={null} tenantName={null} mayGoHome />;
}
