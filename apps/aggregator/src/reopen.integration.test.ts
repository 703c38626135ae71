import { reopenContract } from './reopen.contract.ts';
import { postgresStores } from './stores.fixture.ts';

reopenContract('on Postgres and files', postgresStores);
