import { ForbiddenPage } from '#access/forbidden-page.tsx';

export default ForbiddenPage;
